using System.Collections.Immutable;
using AgentLift.Core.Risk;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Migrating;

/// <summary>Says which agents of a fleet a run is about, and of the others why not.</summary>
internal static class AgentSelection
{
    /// <summary>The agents that answer to a name: by their own name, else by their class with or without its namespace. Case does not count.</summary>
    public static ImmutableArray<AssessedAgent> Named(ImmutableArray<AssessedAgent> agents, string name)
    {
        Func<AssessedAgent, string>[] readings = [agent => agent.Type, agent => agent.Name, agent => agent.Type[(agent.Type.LastIndexOf('.') + 1)..]];
        return readings
            .Select(reading => agents.Where(agent => string.Equals(reading(agent), name, StringComparison.OrdinalIgnoreCase)).ToImmutableArray())
            .FirstOrDefault(found => !found.IsEmpty, []);
    }

    /// <summary>Why an agent is passed over; <see langword="null"/> where it is lifted.</summary>
    public static string? Skipped(MigrationSource source, AssessedAgent agent, ImmutableHashSet<AssessedAgent>? named) =>
        named is not null && !named.Contains(agent) ? "it was not asked for"
        : source.ExemptionOf(agent) is { } exemption ? $"it stays legacy until {exemption.Review:yyyy-MM-dd}: {exemption.Reason}"
        : named is null && agent.Risk.Strategy == MigrationStrategy.Custom ? "it is of critical risk: a person decides each step; name it with --agents to lift it"
        : null;

    /// <summary>The agents that some names mean; <see langword="null"/> where no names are given.</summary>
    /// <exception cref="UnusableInputException">A name means none.</exception>
    public static ImmutableHashSet<AssessedAgent>? Named(FleetAssessment fleet, ImmutableArray<string> names)
    {
        if (names.IsEmpty)
            return null;
        var found = ImmutableHashSet.CreateBuilder<AssessedAgent>();
        foreach (var name in names)
        {
            var meant = Named(fleet.Agents, name);
            if (meant.IsEmpty)
                throw new UnusableInputException(new AssessmentError(null, null, $"no agent is called '{name}'", $"the agents are {string.Join(", ", fleet.Agents.Select(agent => agent.Name).Order(StringComparer.Ordinal).Take(20))}"));
            found.UnionWith(meant);
        }

        return found.ToImmutable();
    }
}
