using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using AgentLift.Runtime;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Conventions.Tests;

/// <summary>Compiles lifted code as a project of agents does: with the runtime, the framework, and the generator of log methods.</summary>
internal static class Lifted
{
    private const string Usings = """
        global using System.ComponentModel.DataAnnotations;
        global using System.Data.Common;
        global using System.Net;
        global using System.Net.Sockets;
        global using AgentLift.Runtime;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Diagnostics.HealthChecks;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using Microsoft.Extensions.Options;
        """;

    private static readonly string AspNetCorePack =
        typeof(Lifted).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "AspNetCorePack").Value!;

    private static readonly ImmutableArray<MetadataReference> Runtime =
    [
        .. Directory.EnumerateFiles(Path.Combine(AspNetCorePack, "ref", "net10.0"), "*.dll").Order().Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(BaseAgent).Assembly.Location),
    ];

    public static CSharpCompilation Compile(IEnumerable<(string Path, string Text)> files)
    {
        var compilation = TestCompilation.Create(files.Append(("Usings.cs", Usings)), Runtime);
        return compilation.SyntaxTrees[0].GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any()
            ? compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication))
            : compilation;
    }

    /// <summary>Compiles code as a project that refers to TorchSharp too; here to its stand-in.</summary>
    public static CSharpCompilation CompileWithTorchSharp(IEnumerable<(string Path, string Text)> files) =>
        Compile(files).AddReferences(MetadataReference.CreateFromFile(typeof(TorchSharp.torch).Assembly.Location));

    public static CSharpCompilation WithLogMethods(CSharpCompilation compilation)
    {
        CSharpGeneratorDriver.Create([LogGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return (CSharpCompilation)generated;
    }

    private static ISourceGenerator LogGenerator()
    {
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(AspNetCorePack, "analyzers", "dotnet", "cs", "Microsoft.Extensions.Logging.Generators.dll"));
        return ((IIncrementalGenerator)Activator.CreateInstance(assembly.GetType("Microsoft.Extensions.Logging.Generators.LoggerMessageGenerator", throwOnError: true)!)!).AsSourceGenerator();
    }
}
