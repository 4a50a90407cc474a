using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class NoModelLoaderTests
{
    [Theory]
    [InlineData("WordIndex", "'WordIndex' is no module of TorchSharp; name a Loader")]
    [InlineData("ScriptModule", "a TorchScript module is made of a file; give it a Path")]
    [InlineData("SizedDetector", "'SizedDetector' cannot be constructed without arguments; name a Factory, a method of 'VisionModels' that makes it")]
    [InlineData("nn.Module<Tensor, Tensor>", "'Module<Tensor, Tensor>' cannot be constructed without arguments; name a Factory, a method of 'VisionModels' that makes it")]
    public void A_model_that_nothing_loads_is_told(string type, string reason) => ModelVerifier.Reports(
        RuleIds.NoModelLoader,
        $$"""[ModelManager] public partial class VisionModels { [Model("net")] public partial ModelHandle<{{type}}> [|Net|] { get; } }""",
        $"'Net' has nothing to load it: {reason}");

    [Theory]
    [InlineData("\"type\": \"WordIndex\"", "'WordIndex' is no module of TorchSharp; name a \"loader\"")]
    [InlineData("\"type\": \"ScriptModule\"", "a TorchScript module is made of a file; give it a \"path\"")]
    public void A_model_of_a_file_is_told_at_the_line_of_its_type(string type, string reason) => ModelVerifier.ReportsInFile(
        RuleIds.NoModelLoader,
        $$"""
        { "models": [
          {
            "name": "net",
            [|{{type}}|]
          }
        ] }
        """,
        $"'net' has nothing to load it: {reason}");

    [Fact]
    public void A_module_is_loaded_without_a_loader() => ModelVerifier.Accepts(
        """[ModelManager] public partial class VisionModels { [Model("net")] public partial ModelHandle<HiddenDetector> Net { get; } }""".Replace("public partial ModelHandle", "internal partial ModelHandle", StringComparison.Ordinal));
}
