using System.Collections.Immutable;

namespace AgentLift.Migration.Assessment;

/// <summary>Joins what several compilations saw of the same agent: target frameworks of one project, files linked into several.</summary>
internal static class AgentMerge
{
    /// <summary>All agents, each once, riskiest first, then by name.</summary>
    public static ImmutableArray<AssessedAgent> Of(IEnumerable<AssessedAgent> agents) =>
    [
        .. agents
            .GroupBy(agent => (agent.Type, agent.Declaration.File, agent.Declaration.Line, agent.Declaration.Column))
            .Select(Join)
            .OrderByDescending(agent => agent.Risk.Score)
            .ThenBy(agent => agent.Name, StringComparer.Ordinal)
            .ThenBy(agent => agent.Type, StringComparer.Ordinal)
            .ThenBy(agent => agent.Declaration, SourcePlaceOrder.Instance),
    ];

    private static AssessedAgent Join(IEnumerable<AssessedAgent> views)
    {
        var all = views.ToImmutableArray();
        if (all.Length == 1)
            return all[0];

        // The worst view counts: what one target framework does, the agent does.
        var worst = all.MaxBy(agent => agent.Risk.Score)!;
        return worst with
        {
            Project = all[0].Project,
            Files = [.. all.SelectMany(agent => agent.Files).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Lifted = all.All(agent => agent.Lifted),
            Stage = all.Min(agent => agent.Stage),
            Candidate = all.MaxBy(agent => agent.Candidate.Score)!.Candidate,
            Evidence =
            [
                .. all.SelectMany(agent => agent.Evidence)
                    .DistinctBy(evidence => (evidence.Rule.Id, evidence.Place))
                    .OrderBy(evidence => evidence.Place, SourcePlaceOrder.Instance)
                    .ThenBy(evidence => evidence.Rule.Id, StringComparer.Ordinal),
            ],
        };
    }
}
