using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class DuplicateLazyNameTests
{
    [Fact]
    public void Two_members_of_one_name_are_told_at_the_second() => GeneratorVerifier.Reports(
        RuleIds.DuplicateLazyName,
        """
        public partial class TutorAgent(AgentContext context) : BaseAgent(context)
        {
            [LazyDependency] private partial Table Phrases { get; }
            [LazyDependency(Name = "Phrases")] private partial Table [|Words|] { get; }
        }
        """,
        "'Words' is called Phrases, as 'TutorAgent.Phrases' is; give it a Name of its own");

    [Fact]
    public void A_member_of_the_name_of_one_of_the_base_is_told() => GeneratorVerifier.Reports(
        RuleIds.DuplicateLazyName,
        """
        public abstract partial class HouseAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Words { get; } }
        public partial class TutorAgent(AgentContext context) : HouseAgent(context) { [LazyDependency] private partial Table [|Words|] { get; } }
        """,
        "'Words' is called Words, as 'HouseAgent.Words' is; give it a Name of its own");

    [Fact]
    public void Names_that_differ_are_fine() => GeneratorVerifier.Accepts("""
        public abstract partial class HouseAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Words { get; } }
        public partial class TutorAgent(AgentContext context) : HouseAgent(context) { [LazyDependency(Name = "tutor words")] private partial Table Words { get; } }
        """);
}
