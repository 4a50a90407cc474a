using AgentLift.Core.Candidates;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Measuring;

namespace AgentLift.Migration.Candidates;

/// <summary>An agent as an optimisation candidate, with what is estimated of it and what was measured.</summary>
/// <param name="Agent">The agent, with its score by estimate.</param>
/// <param name="Measured">What was measured of it; <see langword="null"/> where nothing was. Its improvement is the agent's; an estimate never takes its place.</param>
public sealed record RankedCandidate(AssessedAgent Agent, MeasuredFigures? Measured)
{
    private const double BytesOfMegabyte = 1024 * 1024;

    /// <summary>Its place among all agents of the fleet, from 1.</summary>
    public int Rank { get; init; }

    /// <summary>The score by the catalogue's estimates, as every other report has it.</summary>
    public CandidateScore Estimated => Agent.Candidate;

    /// <summary>The score that ranks: by measured start-up and memory of the form that the code has now, where they were measured, else by estimate (SPEC section 4).</summary>
    public CandidateScore Score { get; } = Measured is null ? Agent.Candidate : Scored(Agent, Measured);

    // Of an agent whose lift has begun, the form after is the one that the code has now.
    private static CandidateScore Scored(AssessedAgent agent, MeasuredFigures measured)
    {
        var begun = agent.Lifted || agent.Stage != MigrationStage.None;
        return CandidateScorer.Score(
            (decimal)(begun ? measured.Ready.After : measured.Ready.Before).Median / 1000,
            (decimal)((begun ? measured.Memory.After : measured.Memory.Before).Median / BytesOfMegabyte),
            agent.Candidate.HeavyDependencies,
            agent.Candidate.EagerLoads);
    }
}
