using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class LazyMemberNotPartialTests
{
    [Theory]
    [InlineData("private Table [|Words|] { get; }")]
    [InlineData("private Table [|Words|] => new();")]
    [InlineData("private ValueTask<Table> [|Words|]() => new(new Table());")]
    [InlineData("private partial Table [|Words|] { get; } private partial Table Words => new();")]
    public void A_member_with_a_body_is_told(string member) => GeneratorVerifier.Reports(
        RuleIds.LazyMemberNotPartial,
        $$"""public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] {{member}} }""",
        "'Words' has a body of its own; declare it partial and without a body");

    [Fact]
    public void A_member_without_a_body_is_fine() => GeneratorVerifier.Accepts(
        "public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Words { get; } }");
}
