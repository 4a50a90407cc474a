using System.Collections.Immutable;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Planning;

/// <summary>The order in which agents are lifted: those that others need first, and of those that are ready the one with the lowest score (SPEC section 5).</summary>
internal static class MigrationOrder
{
    /// <summary>Sorts agents. Where some need each other in a circle, the one with the lowest score breaks it.</summary>
    /// <param name="agents">The agents to sort.</param>
    /// <param name="dependencies">What each needs; agents that are not sorted do not count.</param>
    public static ImmutableArray<AssessedAgent> Of(
        IEnumerable<AssessedAgent> agents, IReadOnlyDictionary<AssessedAgent, ImmutableHashSet<AssessedAgent>> dependencies)
    {
        var waiting = agents.OrderBy(agent => agent.Risk.Score).ThenBy(agent => agent.Name, StringComparer.Ordinal).ThenBy(agent => agent.Type, StringComparer.Ordinal).ToList();
        var order = ImmutableArray.CreateBuilder<AssessedAgent>(waiting.Count);
        while (waiting.Count > 0)
        {
            var next = waiting.FirstOrDefault(agent => !dependencies[agent].Overlaps(waiting)) ?? waiting[0];
            waiting.Remove(next);
            order.Add(next);
        }

        return order.ToImmutable();
    }
}
