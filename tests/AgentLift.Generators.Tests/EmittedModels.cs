using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Generators.Tests;

/// <summary>
/// Compares what is written for managers with a snapshot. Each text is compiled before it is compared, against the oldest TorchSharp as C# 13 and against the newest as C# 14:
/// no error, no warning.
/// </summary>
internal static class EmittedModels
{
    public static void Matches(params string[] sources) => Matches(sources, []);

    public static void MatchesWithFile(string file, string source) => Matches([source], [ModelCompilation.File(file)]);

    private static void Matches(string[] sources, AdditionalText[] files)
    {
        // This compiler has C# 14 as its preview.
        var shapes = new[] { (TorchSurface.Oldest, LanguageVersion.CSharp13), (TorchSurface.Newest, LanguageVersion.Preview) }
            .Select(project => Emit(ModelCompilation.OfFiles(project.Item1, sources.Select((source, i) => ($"/fleet/File{i}.cs", source)), project.Item2), files));

        shapes.Distinct().ShouldHaveSingleItem().ShouldMatchApproved(options => options
            .LocateTestMethodUsingAttribute<FactAttribute>()
            .WithFileExtension(".cs")
            .SubFolder("Snapshots")
            .NoDiff());
    }

    /// <summary>The managers that are written. The loaders are the same in each project, and stand in the generator as they are.</summary>
    private static string Emit(CSharpCompilation compilation, AdditionalText[] files)
    {
        var run = GeneratorRun.Of(compilation, files);

        run.Diagnostics.ShouldBeEmpty();
        var emitted = string.Join("\n", run.Sources.Where(source => !source.Key.StartsWith("AgentLift.", StringComparison.Ordinal)).Select(source => $"// ==== {source.Key}\n{source.Value}"));
        run.Compilation.Complaints().ShouldBeEmpty(emitted);
        return emitted;
    }
}
