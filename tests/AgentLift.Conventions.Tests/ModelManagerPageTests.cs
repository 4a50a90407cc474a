using System.Text.RegularExpressions;
using AgentLift.Testing;

namespace AgentLift.Conventions.Tests;

/// <summary>What docs/model-manager.md shows is generated and compiles.</summary>
public partial class ModelManagerPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "model-manager.md"));

    [Fact]
    public void The_manager_and_its_use_compile_with_the_models_file()
    {
        var blocks = Blocks().Matches(Page).ToLookup(block => block.Groups["language"].Value, block => block.Groups["code"].Value);
        var manager = blocks["csharp"].First();
        var use = $$"""
            using AgentLift.Generated;
            using TorchSharp;

            public sealed class Use(VisionModels models)
            {
                public async Task<long> RunAsync(CancellationToken token)
                {
                    {{blocks["csharp"].ElementAt(1)}}
                    return best + (models.Mobilenet.Name + models.YoloV8n.Name).Length;
                }
            }
            """;

        var run = GeneratorRun.Of(
            Lifted.CompileWithTorchSharp([("Manager.cs", manager), ("Use.cs", use)]),
            new AdditionalFile("/fleet/vision.models.json", blocks["json"].Single()));

        run.Diagnostics.ShouldBeEmpty();
        run.Compilation.ThatCompiles();
    }

    [GeneratedRegex("^```(?<language>\\w+)\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
