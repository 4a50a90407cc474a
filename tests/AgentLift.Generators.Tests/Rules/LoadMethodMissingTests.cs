using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class LoadMethodMissingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("private Table LoadWords { get; } = new();")]
    public void A_name_that_no_method_bears_is_told(string other) => GeneratorVerifier.Reports(
        RuleIds.LoadMethodMissing,
        $$"""public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency("LoadWords")] private partial Table [|Words|] { get; } {{other}} }""",
        "'Words' is to be loaded by 'LoadWords', which 'TutorAgent' does not have; write that method or name another");

    [Fact]
    public void A_method_that_the_base_keeps_to_itself_is_told() => GeneratorVerifier.Reports(
        RuleIds.LoadMethodMissing,
        """
        public abstract class HouseAgent(AgentContext context) : BaseAgent(context) { private static Table LoadWords() => new(); }
        public partial class TutorAgent(AgentContext context) : HouseAgent(context) { [LazyDependency("LoadWords")] private partial Table [|Words|] { get; } }
        """,
        "'Words' is to be loaded by 'LoadWords', which 'TutorAgent' does not have; write that method or name another");

    [Fact]
    public void A_method_of_the_base_is_fine() => GeneratorVerifier.Accepts("""
        public abstract class HouseAgent(AgentContext context) : BaseAgent(context) { protected static Table LoadWords() => new(); }
        public partial class TutorAgent(AgentContext context) : HouseAgent(context) { [LazyDependency(nameof(LoadWords))] private partial Table Words { get; } }
        """);
}
