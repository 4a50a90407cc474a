using System.Collections.Immutable;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Measuring;

namespace AgentLift.Migration.Candidates;

/// <summary>The agents of a fleet by how much they would gain from lazy loading (SPEC section 4).</summary>
/// <param name="Fleet">What was assessed.</param>
/// <param name="All">Every agent, best candidate first, then by name.</param>
/// <param name="Unknown">Names in the file of measurements that no agent of the fleet has.</param>
public sealed record CandidateRanking(FleetAssessment Fleet, ImmutableArray<RankedCandidate> All, ImmutableArray<string> Unknown)
{
    /// <summary>How many agents were measured.</summary>
    public int Measured => All.Count(candidate => candidate.Measured is not null);

    /// <summary>The measured improvement of start to ready, averaged over the agents that were measured, in percent; <see langword="null"/> where none was.</summary>
    public double? AverageImprovement => All.Select(candidate => candidate.Measured?.Ready.Improvement?.Percent).Average();

    /// <summary>Ranks a fleet.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="measurements">What was measured of its agents; an agent is called by its name or its class.</param>
    public static CandidateRanking Of(FleetAssessment fleet, ImmutableArray<AgentMeasurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        var candidates = fleet.Agents
            .Select(agent => new RankedCandidate(agent, measurements.FirstOrDefault(measurement => IsOf(measurement, agent)) is { } measured ? MeasuredFigures.Of(measured) : null))
            .OrderByDescending(candidate => candidate.Score.Score)
            .ThenBy(candidate => candidate.Agent.Name, StringComparer.Ordinal)
            .Select((candidate, index) => candidate with { Rank = index + 1 });
        return new CandidateRanking(
            fleet,
            [.. candidates],
            [.. measurements.Where(measurement => !fleet.Agents.Any(agent => IsOf(measurement, agent))).Select(measurement => measurement.Agent)]);
    }

    private static bool IsOf(AgentMeasurement measurement, AssessedAgent agent) =>
        string.Equals(measurement.Agent, agent.Name, StringComparison.OrdinalIgnoreCase) || string.Equals(measurement.Agent, agent.Type, StringComparison.OrdinalIgnoreCase);
}
