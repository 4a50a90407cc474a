using System.Collections.Immutable;
using AgentLift.Core.Candidates;
using AgentLift.Core.Rules;
using AgentLift.Migration.Migrating;

namespace AgentLift.Migration.StaysLegacy;

/// <summary>What lifts have left in agents that are on BaseAgent.</summary>
/// <param name="Agent">Name of the agent.</param>
/// <param name="Rules">Ids of the rules that still find something, sorted.</param>
public sealed record RemainingFindings(string Agent, ImmutableArray<string> Rules)
{
    /// <summary>Reads what is left, apart from agents that stay legacy as a whole. A wrong marker is not among it: that is to be put right.</summary>
    /// <returns>The agents with something left, and the names of those that are not on BaseAgent.</returns>
    public static (ImmutableArray<RemainingFindings> Left, ImmutableArray<string> NotBegun) Of(MigrationSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var agents = source.Assessment.Agents.Where(agent => source.ExemptionOf(agent) is null).OrderBy(agent => agent.Name, StringComparer.Ordinal).ToLookup(agent => !agent.Evidence.Any(evidence => evidence.Rule.Id == RuleIds.NotABaseAgent));
        return (
            [.. agents[true].Select(agent => new RemainingFindings(agent.Name, RulesOf(agent))).Where(agent => !agent.Rules.IsEmpty)],
            [.. agents[false].Select(agent => agent.Name)]);
    }

    private static ImmutableArray<string> RulesOf(Assessment.AssessedAgent agent) =>
    [
        .. agent.Evidence.Select(evidence => evidence.Rule.Id)
            .Concat(agent.Candidate.Score >= CandidateScorer.WorthOptimising ? [RuleIds.OptimizationCandidate] : [])
            .Where(id => id != RuleIds.StaleMigrationMarker)
            .Distinct().Order(StringComparer.Ordinal),
    ];
}
