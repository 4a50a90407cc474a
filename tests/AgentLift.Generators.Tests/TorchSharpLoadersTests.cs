using AgentLift.Testing;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.Tests;

/// <summary>The loaders that come with managers of TorchSharp's models.</summary>
public class TorchSharpLoadersTests
{
    private const string Manager = """
        [ModelManager] public sealed partial class VisionModels { [Model("net", Path = "net.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> Net { get; } }
        """;

    [Fact]
    public void They_are_written_once_for_all_managers_of_a_project()
    {
        var run = GeneratorRun.Of(ModelCompilation.Of(TorchSurface.Newest, Manager, Manager.Replace("VisionModels", "NightModels", StringComparison.Ordinal)));

        run.Sources.Keys.ShouldBe(
            ["AgentLift.TorchFailure.g.cs", "AgentLift.TorchMemory.g.cs", "AgentLift.TorchSharpLoaders.g.cs", "NightModels.Models.g.cs", "VisionModels.Models.g.cs"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[ModelManager] public sealed partial class VisionModels { }")]
    [InlineData("""[ModelManager] public sealed partial class SearchModels { [Model("index", Loader = typeof(WordIndexLoader))] public partial ModelHandle<WordIndex> Index { get; } }""")]
    public void They_are_not_written_where_no_model_needs_them(string source)
    {
        var run = GeneratorRun.Of(ModelCompilation.Of(TorchSurface.Newest, source));

        run.Sources.Keys.ShouldNotContain(name => name.StartsWith("AgentLift.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_project_uses_its_own_where_another_shows_it_its_internals()
    {
        var shared = GeneratorRun.Of(ModelCompilation.Of(TorchSurface.Newest, """[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Night")]""", Manager)).Compilation
            .WithAssemblyName("Day");

        var run = GeneratorRun.Of(ModelCompilation.Of(TorchSurface.Newest, Manager.Replace("VisionModels", "NightModels", StringComparison.Ordinal))
            .WithAssemblyName("Night")
            .AddReferences(shared.ToMetadataReference()));

        // The classes of the tests themselves are in both projects, so only what is generated is looked at.
        run.Compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true)
            .ShouldBeEmpty();
    }

    [Fact]
    public void They_touch_nothing_that_one_of_the_versions_lacks()
    {
        foreach (var surface in TorchSurface.Both)
            GeneratorRun.Of(ModelCompilation.Of(surface, Manager)).Compilation.Complaints().ShouldBeEmpty();
    }
}
