using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class HiddenAgentTests
{
    private const string Program = " public static class Program { public static void Add(Microsoft.Extensions.Hosting.IHostApplicationBuilder builder) => builder.AddAgents(); } public class HubAgent(AgentContext context) : BaseAgent(context);";

    [Theory]
    [InlineData("private", "'Outer'")]
    [InlineData("protected", "'Outer'")]
    [InlineData("private protected", "'Outer'")]
    public void A_nested_agent_that_is_hidden_is_told(string modifier, string where) => GeneratorVerifier.Reports(
        RuleIds.HiddenAgent,
        $$"""public class Outer { {{modifier}} sealed class [|TutorAgent|](AgentContext context) : BaseAgent(context); }""" + Program,
        $"'TutorAgent' is visible only within {where}, so AddAgents() leaves it out; make it internal, or register it there");

    [Fact]
    public void An_agent_in_a_hidden_class_is_told() => GeneratorVerifier.Reports(
        RuleIds.HiddenAgent,
        "public class Outer { private static class Inner { public sealed class [|TutorAgent|](AgentContext context) : BaseAgent(context); } }" + Program,
        "'TutorAgent' is visible only within 'Outer', so AddAgents() leaves it out; make it internal, or register it there");

    [Fact]
    public void An_agent_of_a_file_is_told() => GeneratorVerifier.Reports(
        RuleIds.HiddenAgent,
        "file sealed class [|TutorAgent|](AgentContext context) : BaseAgent(context);" + Program,
        "'TutorAgent' is visible only within its file, so AddAgents() leaves it out; make it internal, or register it there");

    [Theory]
    [InlineData("public class Outer { internal sealed class TutorAgent(AgentContext context) : BaseAgent(context); }")]
    [InlineData("public class Outer { protected internal sealed class TutorAgent(AgentContext context) : BaseAgent(context); }")]
    [InlineData("public class Outer { private abstract class TutorAgent(AgentContext context) : BaseAgent(context); }")]
    [InlineData("public class Outer { [RunBy(typeof(HubAgent))] private sealed class TutorAgent(AgentContext context) : BaseAgent(context); }")]
    public void One_that_is_seen_or_that_no_host_runs_is_fine(string source) => GeneratorVerifier.Accepts(source + Program);

    [Fact]
    public void Where_nobody_asks_for_the_agents_nothing_is_told() =>
        GeneratorVerifier.Accepts("public class Outer { private sealed class TutorAgent(AgentContext context) : BaseAgent(context); }");
}
