using System.Collections.Immutable;
using AgentLift.Core.Rules;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>What keeps agents out of a registration. It is told where the registration is asked for: elsewhere, as in tests with agents of their own, it harms nobody.</summary>
internal static class RegistrationProblems
{
    public static ImmutableArray<Problem> Of(
        ImmutableArray<Problem> ofAgents, ImmutableArray<NamedAgent> agents, ImmutableArray<RegistrationCall> calls, ImmutableArray<string> boundByProgram, RegistrationProject project)
    {
        if (!calls.Any(call => (call.Method == RegistrationCall.AddAgents && !call.IsTaken) || call.Method == RegistrationNames.MethodOf(project.Assembly)))
            return [];
        return [.. ofAgents.Where(problem => problem.RuleId != RuleIds.UnboundOptions || !boundByProgram.Contains(problem.Arguments.Items[1])), .. Namesakes(agents)];
    }

    private static IEnumerable<Problem> Namesakes(ImmutableArray<NamedAgent> agents) =>
        from namesakes in agents.GroupBy(agent => agent.Name)
        let ordered = namesakes.OrderBy(agent => agent.DisplayName, StringComparer.Ordinal).ToList()
        from agent in ordered.Skip(1)
        select new Problem(RuleIds.DuplicateAgentName, agent.Place, new([agent.SimpleName, agent.Name, ordered[0].DisplayName]));
}
