using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class StaticLazyMemberTests
{
    [Theory]
    [InlineData("private static partial Table [|Words|] { get; }")]
    [InlineData("private static partial ValueTask<Table> [|Words|]();")]
    public void A_static_member_is_told(string member) => GeneratorVerifier.Reports(
        RuleIds.StaticLazyMember,
        $$"""public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] {{member}} }""",
        "'Words' is static, so no agent loads and releases it; make it an instance member");

    [Fact]
    public void An_instance_member_with_a_static_load_method_is_fine() => GeneratorVerifier.Accepts("""
        public partial class TutorAgent(AgentContext context) : BaseAgent(context)
        {
            [LazyDependency(nameof(LoadWords))] private partial Table Words { get; }

            private static Table LoadWords() => new();
        }
        """);
}
