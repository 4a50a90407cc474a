using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class ModelOutsideManagerTests
{
    [Fact]
    public void A_model_of_any_other_class_is_told() => ModelVerifier.Reports(
        RuleIds.ModelOutsideManager,
        """public partial class VisionModels { [Model("net", Path = "net.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> [|Net|] { get; } }""",
        "'Net' is a model, but 'VisionModels' is not marked [ModelManager]; mark that class, or move the model to one that is");

    [Fact]
    public void A_model_of_a_manager_written_by_hand_is_told() => ModelVerifier.Reports(
        RuleIds.ModelOutsideManager,
        """public class VisionModels(ModelManagerContext context) : ModelManager(context) { [Model("net")] public ModelHandle<Detector>? [|Net|] { get; } }""",
        "'Net' is a model, but 'VisionModels' is not marked [ModelManager]; mark that class, or move the model to one that is");

    [Fact]
    public void A_model_of_a_part_without_the_attribute_is_fine() => ModelVerifier.Accepts("""
        [ModelManager] public partial class VisionModels { }
        public partial class VisionModels { [Model("net", Path = "net.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> Net { get; } }
        """);
}
