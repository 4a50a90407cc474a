using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class DuplicateAgentNameTests
{
    private const string Program = " public static class Program { public static void Add(Microsoft.Extensions.Hosting.IHostApplicationBuilder builder) => builder.AddAgents(); }";

    [Fact]
    public void Classes_of_one_name_are_told_at_the_second() => GeneratorVerifier.Reports(
        RuleIds.DuplicateAgentName,
        """
        namespace Fleet.Night { public class [|TutorAgent|](AgentContext context) : BaseAgent(context); }
        namespace Fleet.Day { public class TutorAgent(AgentContext context) : BaseAgent(context); }
        """ + Program,
        "'TutorAgent' is called TutorAgent, as 'Fleet.Day.TutorAgent' is, and a host runs one agent of a name; give one of them another name with [Agent]");

    [Fact]
    public void A_given_name_that_another_agent_has_is_told() => GeneratorVerifier.Reports(
        RuleIds.DuplicateAgentName,
        """
        public class ClockAgent(AgentContext context) : BaseAgent(context);
        [Agent("ClockAgent")] public class [|TutorAgent|](AgentContext context) : BaseAgent(context);
        """ + Program,
        "'TutorAgent' is called ClockAgent, as 'ClockAgent' is, and a host runs one agent of a name; give one of them another name with [Agent]");

    [Fact]
    public void Names_that_differ_are_fine() => GeneratorVerifier.Accepts("""
        namespace Fleet.Night { [Agent("night tutor")] public class TutorAgent(AgentContext context) : BaseAgent(context); }
        namespace Fleet.Day { public class TutorAgent(AgentContext context) : BaseAgent(context); public class LateTutorAgent(AgentContext context) : TutorAgent(context); }
        """ + Program);

    [Fact]
    public void One_that_another_agent_runs_is_fine() => GeneratorVerifier.Accepts("""
        [Agent("pump"), RunBy(typeof(PumpAgentHost))] public class PumpAgent(AgentContext context) : BaseAgent(context);
        [Agent("pump")] public class PumpAgentHost(AgentContext context) : BaseAgent(context);
        """ + Program);

    [Fact]
    public void Where_nobody_asks_for_the_agents_nothing_is_told() => GeneratorVerifier.Accepts("""
        namespace Fleet.Night { public class TutorAgent(AgentContext context) : BaseAgent(context); }
        namespace Fleet.Day { public class TutorAgent(AgentContext context) : BaseAgent(context); }
        """);
}
