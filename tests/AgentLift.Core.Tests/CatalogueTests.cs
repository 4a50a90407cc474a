using AgentLift.Core.Catalogue;
using AgentLift.Core.Settings;

namespace AgentLift.Core.Tests;

public class CatalogueTests
{
    // SPEC section 2: the catalogue knows at least these.
    private static readonly string[] Required =
    [
        "TorchSharp", "ONNX Runtime", "ML.NET", "LLamaSharp", "Whisper.net", "TensorFlow.NET", "OpenCvSharp", "Emgu CV", "Dlib", "SkiaSharp", "ImageSharp",
        "Vosk", "NAudio", "ILGPU", "ManagedCuda", "okenizer", "Selenium", "Playwright", "PuppeteerSharp", "Roslyn", "file",
    ];

    public static TheoryData<string> Libraries => new(Required);

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_catalogue_knows_the_library(string library) =>
        CatalogueReader.BuiltInHeavyDependencies.ShouldContain(entry => entry.Library.Contains(library, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Every_entry_says_where_its_figures_come_from() =>
        CatalogueReader.BuiltInHeavyDependencies.ShouldAllBe(entry =>
            entry.Source.StartsWith("measured: ", StringComparison.Ordinal) || entry.Source.StartsWith("documented: ", StringComparison.Ordinal) || entry.Source.StartsWith("estimate: ", StringComparison.Ordinal));

    [Fact]
    public void A_users_entry_replaces_the_one_of_the_same_id_and_adds_new_ones()
    {
        const string Own = """
            { "dependencies": [
              { "id": "torchsharp", "library": "TorchSharp", "family": "deep-learning", "milliseconds": 1, "megabytes": 2, "source": "measured: here" },
              { "id": "ours", "library": "Ours", "family": "data", "creates": ["Ours.Table"], "milliseconds": 3, "megabytes": 4, "source": "measured: here" } ] }
            """;

        var merged = CatalogueReader.ReadHeavyDependencies(new DataFile("heavy-dependencies.json", Own));

        merged.Single(entry => entry.Id == "torchsharp").Milliseconds.ShouldBe(1);
        merged.ShouldContain(entry => entry.Id == "ours");
        merged.Length.ShouldBe(CatalogueReader.BuiltInHeavyDependencies.Length + 1);
    }
}
