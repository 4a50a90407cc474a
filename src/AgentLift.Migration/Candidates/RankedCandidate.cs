using AgentLift.Core.Candidates;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Measuring;

namespace AgentLift.Migration.Candidates;

/// <summary>An agent as an optimisation candidate, with what is estimated of it and what was measured.</summary>
/// <param name="Agent">The agent, with its score by estimate.</param>
/// <param name="Measurement">What was measured of it; <see langword="null"/> where nothing was.</param>
public sealed record RankedCandidate(AssessedAgent Agent, AgentMeasurement? Measurement)
{
    private const double BytesOfMegabyte = 1024 * 1024;

    /// <summary>Its place among all agents of the fleet, from 1.</summary>
    public int Rank { get; init; }

    /// <summary>The score by the catalogue's estimates, as every other report has it.</summary>
    public CandidateScore Estimated => Agent.Candidate;

    /// <summary>The score that ranks: by measured start-up and memory of the form that the code has now, where they were measured, else by estimate (SPEC section 4).</summary>
    public CandidateScore Score { get; } = Measurement is { } measured ? Scored(Agent, measured) : Agent.Candidate;

    /// <summary>Measured improvement of start to ready; <see langword="null"/> where nothing was measured. An estimate never takes its place.</summary>
    public Effect? Ready { get; } = Measurement?.Ready();

    /// <summary>Measured improvement of the peak memory.</summary>
    public Effect? Memory { get; } = Measurement?.Memory();

    private static CandidateScore Scored(AssessedAgent agent, AgentMeasurement measured)
    {
        var (ready, memory) = (measured.Ready(), measured.Memory());
        var begun = agent.Lifted || agent.Stage != MigrationStage.None;
        return CandidateScorer.Score(
            (decimal)(begun ? ready.After : ready.Before).Median / 1000,
            (decimal)((begun ? memory.After : memory.Before).Median / BytesOfMegabyte),
            agent.Candidate.HeavyDependencies,
            agent.Candidate.EagerLoads);
    }
}
