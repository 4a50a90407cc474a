using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class ManagerFormTests
{
    [Theory]
    [InlineData("static partial class [|VisionModels|] { }", "is static", "remove the modifier static")]
    [InlineData("partial record [|VisionModels|] { }", "is a record", "make it a class")]
    [InlineData("partial class [|VisionModels|] : Table { }", "derives from 'Table'", "remove that base class")]
    [InlineData("partial class [|VisionModels|] { private void DeclareModels() { } }", "declares DeclareModels itself", "remove that method, or the attribute")]
    [InlineData("partial class [|VisionModels|](ModelManagerContext context) : ModelManager(context) { protected override void DeclareModels() { } }", "declares DeclareModels itself", "remove that method, or the attribute")]
    public void A_class_that_cannot_become_a_manager_is_told(string declaration, string reason, string instead) => ModelVerifier.Reports(
        RuleIds.ManagerForm,
        $"[ModelManager] {declaration}",
        $"'VisionModels' {reason}, so it cannot become a ModelManager; {instead}");

    [Fact]
    public void A_class_that_is_local_to_its_file_is_told() => ModelVerifier.Reports(
        RuleIds.ManagerForm,
        "[ModelManager] file partial class [|VisionModels|] { }",
        "'VisionModels' is local to its file, so it cannot become a ModelManager; remove the modifier file");

    [Fact]
    public void A_base_class_that_does_not_exist_is_left_to_the_compiler() =>
        ModelVerifier.LeavesToTheCompiler("[ModelManager] partial class VisionModels : Nowhere { }", "CS0246");

    [Theory]
    [InlineData("partial class VisionModels : ModelManager { }")]
    [InlineData("partial class VisionModels { private void DeclareModels(int count) { } }")]
    [InlineData("partial class VisionModels : System.ICloneable { public object Clone() => this; }")]
    public void A_class_without_another_base_is_fine(string declaration) => ModelVerifier.Accepts($"[ModelManager] {declaration}");
}
