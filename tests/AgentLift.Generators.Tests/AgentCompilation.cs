using System.Collections.Immutable;
using AgentLift.Runtime;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Generators.Tests;

/// <summary>Compiles sources as a project of agents: against the runtime, with documentation and nullable warnings on.</summary>
internal static class AgentCompilation
{
    /// <summary>What the agents of the tests depend on.</summary>
    public const string Parts = """
        namespace Fleet.Parts;

        public class Table { }
        public sealed class WideTable : Table { }
        public sealed class Tokenizer { public Tokenizer(string file) { } }
        public sealed record Pair<TLeft, TRight>(TLeft Left, TRight Right);
        """;

    private const string Usings = """
        global using AgentLift.Runtime;
        global using Fleet.Parts;
        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Connections.ConnectionContext).Assembly.Location)!, "Microsoft.*.dll")
            .Append(typeof(BaseAgent).Assembly.Location)
            .Select(file => (MetadataReference)MetadataReference.CreateFromFile(file)),
    ];

    public static CSharpCompilation Of(params IEnumerable<string> sources) =>
        OfFiles(sources.Select((source, i) => ($"/fleet/File{i}.cs", source)));

    public static CSharpCompilation OfFiles(IEnumerable<(string Path, string Text)> files, LanguageVersion version = LanguageVersion.CSharp13)
    {
        var compilation = TestCompilation.Create([.. files, ("/fleet/Parts.cs", Parts), ("/fleet/Usings.cs", Usings)], References);
        var documented = new CSharpParseOptions(version, DocumentationMode.Diagnose);
        return compilation
            .RemoveAllSyntaxTrees()
            .AddSyntaxTrees(compilation.SyntaxTrees.Select(tree => tree.WithRootAndOptions(tree.GetRoot(), documented)))
            .WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Enable));
    }

    /// <summary>Another project of agents, compiled with what is generated for it, without the parts that every test has.</summary>
    public static MetadataReference ReferenceTo(string assembly, string source)
    {
        var image = new MemoryStream();
        var compilation = Of(source);
        var shared = compilation.SyntaxTrees.Where(tree => tree.FilePath is "/fleet/Parts.cs" or "/fleet/Usings.cs");
        GeneratorRun.Of(compilation.RemoveSyntaxTrees(shared).WithAssemblyName(assembly)).Compilation.ThatCompiles().Emit(image).Success.ShouldBeTrue();
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>Every error and warning, except those that the tests' own code earns by having no documentation.</summary>
    public static IEnumerable<string> Complaints(this Compilation compilation) => compilation.GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
        .Where(diagnostic => diagnostic.Id != "CS1591" || diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true)
        .Select(diagnostic => diagnostic.ToString());
}
