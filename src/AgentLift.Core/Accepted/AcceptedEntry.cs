using System.Collections.Immutable;
using AgentLift.Core.Findings;

namespace AgentLift.Core.Accepted;

/// <summary>One entry of the list of exceptions.</summary>
/// <param name="Agent">Name of the agent, or full name of its class.</param>
/// <param name="Rules">Ids of the rules whose findings may stay; empty for an agent that stays legacy as a whole.</param>
internal sealed record AcceptedEntry(string Agent, ImmutableArray<string> Rules)
{
    public bool IsAbout(AgentAssessment agent) =>
        string.Equals(Agent, agent.Identity.Name, StringComparison.OrdinalIgnoreCase) || string.Equals(Agent, agent.Type.ToDisplayString(), StringComparison.OrdinalIgnoreCase);
}
