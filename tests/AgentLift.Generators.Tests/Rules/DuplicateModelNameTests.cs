using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class DuplicateModelNameTests
{
    [Fact]
    public void Two_models_of_one_name_are_told_at_the_second() => ModelVerifier.Reports(
        RuleIds.DuplicateModelName,
        """
        [ModelManager] public partial class VisionModels
        {
            [Model("net")] public partial ModelHandle<Detector> First { get; }
            [Model("Net")] public partial ModelHandle<Detector> [|Second|] { get; }
        }
        """,
        "'Second' is called Net, as 'VisionModels.First' is; give it a name of its own");

    [Fact]
    public void A_model_of_a_file_with_the_name_of_a_property_is_told_in_the_file() => ModelVerifier.ReportsInFile(
        RuleIds.DuplicateModelName,
        """
        { "models": [
          [|{ "name": "ResNet50", "property": "Other", "path": "other.pt" }|]
        ] }
        """,
        "'ResNet50' is called ResNet50, as 'VisionModels.ResNet50' is; give it a \"name\" of its own");

    [Fact]
    public void Two_models_of_a_file_are_told_at_the_second() => ModelVerifier.ReportsInFile(
        RuleIds.DuplicateModelName,
        """
        { "models": [
          { "name": "yolo", "path": "yolo.pt" },
          {
            [|"name": "yolo",|]
            "path": "other.pt"
          }
        ] }
        """,
        "'yolo' is called yolo, as 'yolo of vision.models.json' is; give it a \"name\" of its own");

    [Theory]
    [InlineData("models", "Models", "VisionModels.Models")] // of ModelManager
    [InlineData("to-string", "ToString", "VisionModels.ToString")] // of object
    [InlineData("create-sized", "CreateSized", "VisionModels.CreateSized")]
    [InlineData("vision-models", "VisionModels", "VisionModels")]
    public void A_property_that_would_take_the_name_of_another_member_is_told(string name, string property, string member) => ModelVerifier.ReportsInFile(
        RuleIds.DuplicateModelName,
        $$"""
        { "models": [
          [|{ "name": "{{name}}", "path": "yolo.pt" }|]
        ] }
        """,
        $"'{name}' is called {property}, as '{member}' is; give it a \"property\" of its own");

    [Fact]
    public void Names_that_differ_are_fine() => ModelVerifier.Accepts(
        ModelVerifier.ManagerWithFile,
        """{ "models": [{ "name": "models", "property": "AllModels", "path": "all.pt" }, { "name": "yolo", "path": "yolo.pt" }] }""");
}
