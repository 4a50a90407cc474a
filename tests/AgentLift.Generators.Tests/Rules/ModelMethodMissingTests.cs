using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class ModelMethodMissingTests
{
    [Theory]
    [InlineData("Factory", "factory")]
    [InlineData("WarmupMethod", "warm-up")]
    public void A_method_that_does_not_exist_is_told(string option, string role) => ModelVerifier.Reports(
        RuleIds.ModelMethodMissing,
        $$"""[ModelManager] public partial class VisionModels { [Model("net", {{option}} = "Nowhere")] public partial ModelHandle<Detector> [|Net|] { get; } }""",
        $"'Net' names 'Nowhere' as its {role} method, which 'VisionModels' does not have; write that method or name another");

    [Fact]
    public void A_method_that_a_models_file_names_is_told_at_its_line() => ModelVerifier.ReportsInFile(
        RuleIds.ModelMethodMissing,
        """
        { "models": [
          {
            "name": "sized", "type": "SizedDetector",
            [|"factory": "Create"|]
          }
        ] }
        """,
        "'sized' names 'Create' as its factory method, which 'VisionModels' does not have; write that method or name another");

    [Fact]
    public void A_method_of_another_part_is_fine() => ModelVerifier.Accepts("""
        [ModelManager] public partial class VisionModels { [Model("net", Factory = nameof(Create))] public partial ModelHandle<Detector> Net { get; } }
        public partial class VisionModels { private static Detector Create() => new(); }
        """);
}
