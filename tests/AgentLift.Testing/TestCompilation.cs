using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Testing;

/// <summary>Compiles sources against the .NET reference assemblies, with the usings that the SDK makes implicit.</summary>
public static class TestCompilation
{
    /// <summary>The usings that the SDK makes implicit.</summary>
    public const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>The reference assemblies of .NET.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
        [.. Directory.EnumerateFiles(Repository.ReferenceAssemblies, "*.dll").Order().Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))];

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    /// <summary>Compiles files given as path and text.</summary>
    public static CSharpCompilation Create(IEnumerable<(string Path, string Text)> files, IEnumerable<MetadataReference>? moreReferences = null) =>
        CSharpCompilation.Create(
            "Fleet",
            files.Append(("ImplicitUsings.cs", ImplicitUsings)).Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Item2), ParseOptions, file.Item1)),
            References.AddRange(moreReferences ?? []),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    /// <summary>Fails where the sources do not compile, so that a test never passes for the wrong reason.</summary>
    public static CSharpCompilation ThatCompiles(this CSharpCompilation compilation)
    {
        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5).ToList();
        return errors.Count == 0 ? compilation : throw new InvalidOperationException("The test's source does not compile:\n" + string.Join("\n", errors));
    }
}
