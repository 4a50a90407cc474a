using System.Collections.Immutable;

namespace AgentLift.Core.Candidates;

/// <summary>Computes the candidate score of SPEC section 4.</summary>
public static class CandidateScorer
{
    /// <summary>The score from which an agent is worth optimising.</summary>
    public const decimal WorthOptimising = 6m;

    /// <summary>Scores an agent. Pure; more of any figure never lowers the score.</summary>
    /// <param name="startupSeconds">Seconds of eager loading, estimated or measured.</param>
    /// <param name="memoryMegabytes">Megabytes of eager loading, estimated or measured.</param>
    /// <param name="heavyDependencies">Number of distinct heavy dependencies.</param>
    /// <param name="eagerLoads">Number of eager heavy loads.</param>
    public static CandidateScore Score(decimal startupSeconds, decimal memoryMegabytes, int heavyDependencies, int eagerLoads)
    {
        var score = StartupPoints(startupSeconds)
            + Math.Min(3m, heavyDependencies * 0.5m)
            + (memoryMegabytes > 200 ? 2 : memoryMegabytes > 100 ? 1 : 0)
            + Math.Min(1m, eagerLoads * 0.2m);
        var (potential, risk) = score switch
        {
            >= 8m => ("high", "low"),
            >= WorthOptimising => ("medium", "low"),
            >= 4m => ("medium", "medium"),
            _ => ("low", "high"),
        };
        return new CandidateScore(
            score, potential, risk, Patterns(score, heavyDependencies, eagerLoads), startupSeconds, memoryMegabytes, heavyDependencies, eagerLoads);
    }

    private static decimal StartupPoints(decimal seconds) => seconds switch
    {
        > 3.0m => 4,
        > 2.0m => 3,
        > 1.5m => 2,
        > 1.0m => 1,
        _ => 0,
    };

    private static ImmutableArray<string> Patterns(decimal score, int heavyDependencies, int eagerLoads)
    {
        var patterns = ImmutableArray.CreateBuilder<string>();
        if (score >= WorthOptimising || eagerLoads > 0)
            patterns.Add(OptimisationPattern.LazyLoading.Id);
        if (eagerLoads >= 3)
            patterns.Add(OptimisationPattern.AsynchronousInitialisation.Id);
        if (heavyDependencies >= 2)
            patterns.Add(OptimisationPattern.CacheOptimisation.Id);
        if (heavyDependencies >= 3)
            patterns.Add(OptimisationPattern.DependencyReduction.Id);
        return patterns.ToImmutable();
    }
}
