using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class UnconstructibleAgentTests
{
    private const string Program = " public static class Program { public static void Add(Microsoft.Extensions.Hosting.IHostApplicationBuilder builder) => builder.AddFleetAgents(); } public class HubAgent(AgentContext context) : BaseAgent(context);";

    [Theory]
    [InlineData("internal TutorAgent(AgentContext context) : base(context) { }")]
    [InlineData("private TutorAgent(AgentContext context) : base(context) { }")]
    [InlineData("public TutorAgent() : base(AgentContext.Standalone(\"tutor\")) { }")]
    [InlineData("internal TutorAgent(AgentContext context) : base(context) { } [CompatibilityConstructor] public TutorAgent() : this(AgentContext.Standalone(\"tutor\")) { }")]
    public void An_agent_that_no_host_can_make_is_told(string constructors) => GeneratorVerifier.Reports(
        RuleIds.UnconstructibleAgent,
        $$"""public class [|TutorAgent|] : BaseAgent { {{constructors}} }""" + Program,
        "'TutorAgent' has no public constructor that takes an AgentContext, so AddAgents() leaves it out; give it one, or register it with AddAgent and a function that makes it");

    [Theory]
    [InlineData("public TutorAgent(AgentContext context) : base(context) { }")]
    [InlineData("public TutorAgent(string word, AgentContext context) : base(context) { }")]
    [InlineData("public TutorAgent(AgentContext context) : base(context) { } [CompatibilityConstructor] public TutorAgent() : this(AgentContext.Standalone(\"tutor\")) { }")]
    public void One_that_the_host_makes_is_fine_whatever_else_it_takes(string constructors) =>
        GeneratorVerifier.Accepts($$"""public class TutorAgent : BaseAgent { {{constructors}} }""" + Program);

    [Fact]
    public void Where_nobody_asks_for_the_agents_nothing_is_told() =>
        GeneratorVerifier.Accepts("public class TutorAgent : BaseAgent { internal TutorAgent(AgentContext context) : base(context) { } }");
}
