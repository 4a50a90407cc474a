using System.Collections.Immutable;
using AgentLift.Core.Risk;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Gates;

/// <summary>Fails an assessment from some risk level on.</summary>
/// <param name="From">The lowest level that fails.</param>
public sealed record RiskGate(RiskLevel From)
{
    /// <summary>
    /// The agents that fail: legacy agents at or above <see cref="From"/>; with a baseline, only those with evidence that it lacks.
    /// Lifted agents never fail: there is nothing left to move.
    /// </summary>
    /// <param name="fleet">The fleet, with <see cref="Baselines.Baseline.Apply"/> done where there is a baseline.</param>
    public ImmutableArray<AssessedAgent> FailuresIn(FleetAssessment fleet) =>
    [
        .. fleet.Agents.Where(agent =>
            !agent.Lifted && agent.Risk.Level >= From && (fleet.Baseline is null || !agent.Evidence.IsEmpty)),
    ];
}
