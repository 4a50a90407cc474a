using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class AgentNotPartialTests
{
    [Fact]
    public void An_agent_that_is_not_partial_is_told() => GeneratorVerifier.Reports(
        RuleIds.AgentNotPartial,
        "public class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table [|Words|] { get; } }",
        "'TutorAgent' is not partial, so the body of 'Words' cannot be generated; add the modifier partial");

    [Fact]
    public void A_type_around_it_that_is_not_partial_is_told() => GeneratorVerifier.Reports(
        RuleIds.AgentNotPartial,
        """
        public static class Outer
        {
            public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table [|Words|] { get; } }
        }
        """,
        "'Outer' is not partial, so the body of 'Words' cannot be generated; add the modifier partial");

    [Fact]
    public void An_agent_that_is_partial_is_fine() => GeneratorVerifier.Accepts(
        "public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Words { get; } }");
}
