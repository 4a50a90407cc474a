using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AgentLift.Generators.LazyDependencies;
using AgentLift.Generators.ModelManagers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.CodeFixes.Tests;

/// <summary>
/// Compiles with the source generators that the SDK gives every project on the shared framework, and with AgentLift's own: log methods, lazy
/// members and the models of a manager have no body without them.
/// </summary>
internal static class PlatformGenerators
{
    private static readonly ImmutableArray<ISourceGenerator> Generators = Load();

    public static async Task<ImmutableArray<Diagnostic>> CompileAsync(Project project)
    {
        var (generated, problems) = await GenerateAsync(project);
        return [.. problems, .. generated.GetDiagnostics()];
    }

    /// <summary>The compilation with what the generators add, and what they have to say.</summary>
    public static async Task<(Compilation Compilation, ImmutableArray<Diagnostic> Problems)> GenerateAsync(Project project)
    {
        var compilation = (await project.GetCompilationAsync())!;
        var driver = CSharpGeneratorDriver.Create(Generators, parseOptions: (CSharpParseOptions)project.ParseOptions!);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var problems);
        return (generated, problems);
    }

    private static ImmutableArray<ISourceGenerator> Load()
    {
        var packs = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../packs/Microsoft.AspNetCore.App.Ref"));
        var file = Directory.EnumerateFiles(packs, "Microsoft.Extensions.Logging.Generators.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
        return [.. new AnalyzerFileReference(file, new LoadFrom()).GetGenerators(LanguageNames.CSharp), new LazyDependencyGenerator().AsSourceGenerator(), new ModelManagerGenerator().AsSourceGenerator()];
    }

    private sealed class LoadFrom : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public System.Reflection.Assembly LoadFromPath(string fullPath) => System.Reflection.Assembly.LoadFrom(fullPath);
    }
}
