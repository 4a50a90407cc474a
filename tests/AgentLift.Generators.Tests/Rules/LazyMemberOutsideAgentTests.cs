using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class LazyMemberOutsideAgentTests
{
    [Theory]
    [InlineData("class")]
    [InlineData("record")]
    [InlineData("struct")]
    public void A_member_of_a_type_that_is_no_agent_is_told(string kind) => GeneratorVerifier.Reports(
        RuleIds.LazyMemberOutsideAgent,
        $$"""public partial {{kind}} Words { [LazyDependency] private partial Table [|Table|] { get; } }""",
        "'Table' is a lazy dependency, but 'Words' does not derive from BaseAgent; derive it from BaseAgent");

    [Fact]
    public void A_BaseAgent_of_another_library_is_none_of_ours() => GeneratorVerifier.Reports(
        RuleIds.LazyMemberOutsideAgent,
        """
        namespace Other;
        public class BaseAgent { }
        public partial class TutorAgent : BaseAgent { [LazyDependency] private partial Table [|Table|] { get; } }
        """,
        "'Table' is a lazy dependency, but 'TutorAgent' does not derive from BaseAgent; derive it from BaseAgent");

    [Fact]
    public void An_agent_by_a_base_between_is_fine() => GeneratorVerifier.Accepts("""
        public abstract class HouseAgent(AgentContext context) : BaseAgent(context);
        public partial class TutorAgent(AgentContext context) : HouseAgent(context) { [LazyDependency] private partial Table Table { get; } }
        """);
}
