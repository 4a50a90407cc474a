using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class DependenciesDeclaredByHandTests
{
    [Fact]
    public void An_override_of_the_agents_own_is_told() => GeneratorVerifier.Reports(
        RuleIds.DependenciesDeclaredByHand,
        """
        public partial class TutorAgent(AgentContext context) : BaseAgent(context)
        {
            [LazyDependency] private partial Table [|Words|] { get; }

            protected override void DeclareDependencies() { }
        }
        """,
        "'TutorAgent' overrides DeclareDependencies itself, so 'Words' cannot be declared there; remove the override");

    [Fact]
    public void A_base_that_seals_it_is_told() => GeneratorVerifier.Reports(
        RuleIds.DependenciesDeclaredByHand,
        """
        public abstract class HouseAgent(AgentContext context) : BaseAgent(context) { protected sealed override void DeclareDependencies() { } }
        public partial class TutorAgent(AgentContext context) : HouseAgent(context) { [LazyDependency] private partial Table [|Words|] { get; } }
        """,
        "'HouseAgent' overrides DeclareDependencies itself, so 'Words' cannot be declared there; remove the override");

    [Fact]
    public void An_override_of_a_base_and_a_declaration_by_hand_are_fine() => GeneratorVerifier.Accepts("""
        public abstract class HouseAgent(AgentContext context) : BaseAgent(context) { protected override void DeclareDependencies() => base.DeclareDependencies(); }
        public partial class TutorAgent : HouseAgent
        {
            private readonly LazyDependency<Table> phrases;

            public TutorAgent(AgentContext context) : base(context) => phrases = DeclareDependency("phrases", _ => ValueTask.FromResult(Words));

            public Table Phrases => phrases.Value;

            [LazyDependency] private partial Table Words { get; }
        }
        """);
}
