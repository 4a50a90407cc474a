using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class ManagerNotPartialTests
{
    [Fact]
    public void A_manager_that_is_not_partial_is_told() => ModelVerifier.Reports(
        RuleIds.ManagerNotPartial,
        """[ModelManager] public class [|VisionModels|] { [Model("net", Path = "net.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> Net { get; } }""",
        "'VisionModels' is not partial, so the models of 'VisionModels' cannot be generated; add the modifier partial");

    [Fact]
    public void A_type_around_it_that_is_not_partial_is_told() => ModelVerifier.Reports(
        RuleIds.ManagerNotPartial,
        "public static class Outer { [ModelManager] public partial class [|VisionModels|] { } }",
        "'Outer' is not partial, so the models of 'VisionModels' cannot be generated; add the modifier partial");

    [Fact]
    public void A_manager_that_is_partial_is_fine() => ModelVerifier.Accepts("public static partial class Outer { [ModelManager] public partial class VisionModels { } }");
}
