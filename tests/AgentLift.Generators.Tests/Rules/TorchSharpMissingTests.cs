using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class TorchSharpMissingTests
{
    private const string Message =
        "'VisionModels' has models of TorchSharp, which the project does not reference; add the package TorchSharp 0.101.1 or newer, or give each model a Loader";

    [Fact]
    public void Models_of_TorchSharp_are_told_once_where_it_is_not_referenced() => ModelVerifier.ReportsWithoutTorchSharp(
        RuleIds.TorchSharpMissing,
        """
        using TorchSharp;

        [ModelManager] public partial class [|VisionModels|]
        {
            [Model("one", Path = "one.pt")] public partial ModelHandle<torch.jit.ScriptModule<torch.Tensor, torch.Tensor>> One { get; }
            [Model("two", Path = "two.pt")] public partial ModelHandle<torch.jit.ScriptModule> Two { get; }
        }
        """,
        Message);

    [Fact]
    public void Models_of_a_file_are_told_once_where_it_is_named() => ModelVerifier.ReportsWithoutTorchSharp(
        RuleIds.TorchSharpMissing,
        """[[|ModelManager("vision.models.json")|]] public partial class VisionModels { }""",
        Message,
        """{ "models": [{ "name": "one", "path": "one.pt" }, { "name": "two", "path": "two.pt", "type": "ScriptModule" }] }""");

    [Fact]
    public void Models_with_loaders_of_their_own_need_no_TorchSharp() => ModelVerifier.AcceptsWithoutTorchSharp(
        """[ModelManager("vision.models.json")] public partial class SearchModels { [Model("index", Loader = typeof(WordIndexLoader))] public partial ModelHandle<WordIndex> Index { get; } }""",
        """{ "models": [{ "name": "words", "loader": "WordIndexLoader" }] }""");
}
