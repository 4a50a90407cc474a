namespace AgentLift.Generators.Tests;

/// <summary>What is written for managers with a models file.</summary>
public class ModelsFileEmittedCodeTests
{
    [Fact]
    public void A_models_file_alone() => EmittedModels.MatchesWithFile(
        """
        {
          "$schema": "models.schema.json",
          "models": [
            { "name": "resnet50", "path": "models/resnet50.pt", "estimatedBytes": 110000000, "keepAliveSeconds": 300 },
            { "name": "yolo-v8n", "path": "models/yolo.pt" }, // comments and trailing commas are fine
          ],
        }
        """,
        """
        namespace Fleet;

        [ModelManager("vision.models.json")]
        public sealed partial class VisionModels;
        """);

    [Fact]
    public void A_models_file_with_every_key() => EmittedModels.MatchesWithFile(
        """
        {
          "models": [
            {
              "name": "detect & \"count\"", "property": "class", "type": "ScriptModule<Tensor, (Tensor, Tensor)>", "path": "detect.pt", "estimatedBytes": 1000,
              "priority": 10, "keepAliveSeconds": 1, "pinned": true, "devices": ["cuda:0", "cpu"], "precision": "bfloat16",
              "fallback": ["cpu", "half-precision"], "warmup": "after-ready", "warmupMethod": "RunOnce", "sharedAs": "detect", "loadTimeoutSeconds": 86400
            },
            { "name": "sized", "type": "SizedDetector", "factory": "CreateSized", "path": "sized.dat", "precision": "as-stored", "fallback": [], "warmup": "none" },
            { "name": "hidden", "type": "Fleet.Models.HiddenDetector" },
            { "name": "own", "property": "OwnDetector", "type": "Own" },
            { "name": "index", "loader": "WordIndexLoader" },
            { "name": "3d_pose", "type": "WordIndex", "loader": "WordIndexLoader" }
          ]
        }
        """,
        """
        namespace Fleet;

        [ModelManager("vision.models.json")]
        public sealed partial class VisionModels
        {
            private static SizedDetector CreateSized() => new(3);
            private void RunOnce(nn.Module model) { }

            private sealed class Own : Detector { }
        }
        """);

    [Fact]
    public void Attributes_and_a_models_file() => EmittedModels.MatchesWithFile(
        """{ "models": [{ "name": "yolo", "path": "yolo.pt" }, { "name": "segment", "path": "segment.pt" }] }""",
        """
        namespace Fleet;

        [ModelManager("fleet/vision.models.json")]
        public sealed partial class VisionModels
        {
            private const string yoloModel = "taken";

            [Model("resnet50", Path = "resnet50.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; }

            public string Taken => yoloModel;
        }
        """);

    [Fact]
    public void A_models_file_of_thirty_six_models() => EmittedModels.MatchesWithFile(
        $$"""
        { "models": [
        {{string.Join(",\n", Enumerable.Range(1, 36).Select(i => $$"""{ "name": "model-{{i}}", "path": "models/{{i}}.pt", "estimatedBytes": {{i}}000000, "priority": {{i % 11}}, "pinned": {{(i % 12 == 0 ? "true" : "false")}} }"""))}}
        ] }
        """,
        """
        namespace Fleet;

        [ModelManager("vision.models.json")]
        public sealed partial class VisionModels;
        """);
}
