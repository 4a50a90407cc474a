using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class ModelFormTests
{
    [Theory]
    [InlineData("partial Detector [|Net|] { get; }", "is of type 'Detector'", "T")]
    [InlineData("partial ModelHandle<Detector> [|Net|] { get; set; }", "has a setter", "Detector")]
    [InlineData("partial ModelHandle<Detector> [|Net|] { get; init; }", "has a setter", "Detector")]
    [InlineData("static partial ModelHandle<Detector> [|Net|] { get; }", "is static", "Detector")]
    [InlineData("partial ModelHandle<Detector>? [|Net|] { get; }", "may be null", "Detector")]
    [InlineData("ModelHandle<Detector> [|Net|] => null!;", "is not partial", "Detector")]
    [InlineData("partial ModelHandle<Detector> [|Net|] { get; } public partial ModelHandle<Detector> Net => null!;", "has a body of its own", "Detector")]
    [InlineData("partial ref ModelHandle<Detector> [|Net|] { get; }", "returns by reference", "Detector")]
    public void A_property_of_another_form_is_told(string property, string reason, string type) => ModelVerifier.Reports(
        RuleIds.ModelForm,
        $$"""[ModelManager] public partial class VisionModels { [Model("net")] public {{property}} }""",
        $"'Net' {reason}; declare 'partial ModelHandle<{type}> Net {{ get; }}'");

    [Fact]
    public void An_indexer_is_told() => ModelVerifier.Reports(
        RuleIds.ModelForm,
        """[ModelManager] public partial class VisionModels { [Model("net")] public partial ModelHandle<Detector> [|this|][int i] { get; } }""",
        "'this[]' is an indexer; declare 'partial ModelHandle<Detector> Name { get; }'");

    [Fact]
    public void A_handle_of_a_type_that_does_not_exist_is_left_to_the_compiler() => ModelVerifier.LeavesToTheCompiler(
        """[ModelManager] public partial class VisionModels { [Model("net")] public partial ModelHandle<Nowhere> Net { get; } }""",
        "CS0246");

    [Fact]
    public void A_partial_property_with_a_getter_is_fine() => ModelVerifier.Accepts(
        """[ModelManager] public partial class VisionModels { [Model("net")] protected internal partial ModelHandle<Detector> Net { get; } }""");
}
