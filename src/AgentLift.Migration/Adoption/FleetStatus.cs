using System.Collections.Immutable;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Snapshots;
using AgentLift.Migration.StaysLegacy;

namespace AgentLift.Migration.Adoption;

/// <summary>How far a fleet has come.</summary>
/// <param name="Tool">Name and version of the tool.</param>
/// <param name="Target">The path, as given.</param>
/// <param name="Summary">Totals of today.</param>
/// <param name="Agents">The agents, those that have come least far first.</param>
/// <param name="Trend">What each run changed, the oldest first.</param>
/// <param name="Exemptions">Agents that stay legacy.</param>
/// <param name="Errors">What could not be loaded or used.</param>
public sealed record FleetStatus(
    string Tool,
    string Target,
    FleetSummary Summary,
    ImmutableArray<AgentStatus> Agents,
    ImmutableArray<TrendPoint> Trend,
    ImmutableArray<ExemptionStatus> Exemptions,
    ImmutableArray<AssessmentError> Errors)
{
    /// <summary>Reads the status of a target.</summary>
    /// <param name="assessment">The target as it is today.</param>
    /// <param name="root">Full path of its folder.</param>
    /// <param name="today">The day against which review dates are held.</param>
    /// <exception cref="SnapshotException">The history is damaged.</exception>
    public static FleetStatus Of(FleetAssessment assessment, string root, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        var exemptions = ExemptionFile.Read(root);
        return new FleetStatus(
            assessment.Tool,
            assessment.Target,
            assessment.Summary,
            [
                .. assessment.Agents
                    .OrderBy(agent => agent.Lifted).ThenBy(agent => agent.Stage).ThenByDescending(agent => agent.Risk.Score).ThenBy(agent => agent.Name, StringComparer.Ordinal)
                    .Select(agent => new AgentStatus(
                        agent.Name, agent.Type, agent.Lifted, agent.Stage, agent.Risk.Level, agent.Risk.Score,
                        [.. agent.Evidence.Where(evidence => evidence.Rule.Stage != MigrationStage.None).GroupBy(evidence => evidence.Rule.Stage).OrderBy(group => group.Key).Select(group => new StageEvidence(group.Key, group.Count()))])),
            ],
            TrendPoint.Of(RunHistory.Read(root)),
            [.. exemptions.Select(exemption => new ExemptionStatus(exemption, exemption.IsOverdue(today), assessment.Agents.Any(agent => IsAbout(exemption, agent))))],
            assessment.Errors);
    }

    private static bool IsAbout(LegacyExemption exemption, AssessedAgent agent) =>
        string.Equals(exemption.Agent, agent.Name, StringComparison.OrdinalIgnoreCase) || string.Equals(exemption.Agent, agent.Type, StringComparison.OrdinalIgnoreCase);
}

/// <summary>How far one agent has come.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Full name of its class.</param>
/// <param name="Lifted">Whether it is lifted.</param>
/// <param name="Stage">The stage reached.</param>
/// <param name="Level">Its risk.</param>
/// <param name="Score">Its risk score.</param>
/// <param name="Left">Evidence left, by stage; stages without any are left out.</param>
public sealed record AgentStatus(string Name, string Type, bool Lifted, MigrationStage Stage, RiskLevel Level, int Score, ImmutableArray<StageEvidence> Left);

/// <summary>Pieces of evidence of one stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Count">How many.</param>
public sealed record StageEvidence(MigrationStage Stage, int Count);

/// <summary>An agent that stays legacy, as of today.</summary>
/// <param name="Exemption">What was recorded.</param>
/// <param name="IsOverdue">Whether its review date has passed.</param>
/// <param name="IsKnown">Whether the target still has such an agent.</param>
public sealed record ExemptionStatus(LegacyExemption Exemption, bool IsOverdue, bool IsKnown);
