using System.Collections.Immutable;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Baselines;

/// <summary>The evidence that a team knows of already: only what is not in it counts as new.</summary>
/// <param name="Entries">Known evidence, sorted by agent, rule, symbol and fingerprint.</param>
public sealed record Baseline(ImmutableArray<BaselineEntry> Entries)
{
    /// <summary>The baseline under which nothing of a fleet is new.</summary>
    public static Baseline Of(FleetAssessment fleet) =>
        new(
        [
            .. fleet.Agents
                .SelectMany(agent => agent.Evidence.Select(evidence =>
                    new BaselineEntry(evidence.Fingerprint, evidence.Rule.Id, agent.Type, evidence.Symbol)))
                .DistinctBy(entry => entry.Fingerprint)
                .OrderBy(entry => entry.Agent, StringComparer.Ordinal)
                .ThenBy(entry => entry.Rule, StringComparer.Ordinal)
                .ThenBy(entry => entry.Symbol, StringComparer.Ordinal)
                .ThenBy(entry => entry.Fingerprint, StringComparer.Ordinal),
        ]);

    /// <summary>
    /// Leaves only new evidence in a fleet. Agents and scores stay: a score says what the code is, not what changed.
    /// </summary>
    /// <param name="fleet">The fleet with all its evidence.</param>
    /// <param name="file">The file that this baseline came from, as reports show it.</param>
    public FleetAssessment Apply(FleetAssessment fleet, string file)
    {
        var known = Entries.Select(entry => entry.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var shown = fleet.Agents.SelectMany(agent => agent.Evidence).Select(evidence => evidence.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var agents = fleet.Agents
            .Select(agent => agent with { Evidence = agent.Evidence.RemoveAll(evidence => known.Contains(evidence.Fingerprint)) })
            .ToImmutableArray();
        var before = fleet.Agents.Sum(agent => agent.Evidence.Length);
        var after = agents.Sum(agent => agent.Evidence.Length);
        return fleet with
        {
            Agents = agents,
            Baseline = new BaselineComparison(file, before - after, after, known.Count(fingerprint => !shown.Contains(fingerprint))),
        };
    }
}

/// <summary>One known piece of evidence. Only the fingerprint is compared; the rest is for people who read the file.</summary>
/// <param name="Fingerprint">See <see cref="AssessedEvidence.Fingerprint"/>.</param>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Agent">Full name of the agent's class.</param>
/// <param name="Symbol">The symbol that the message names.</param>
public sealed record BaselineEntry(string Fingerprint, string Rule, string Agent, string Symbol);
