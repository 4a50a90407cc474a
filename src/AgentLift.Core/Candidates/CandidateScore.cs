using System.Collections.Immutable;

namespace AgentLift.Core.Candidates;

/// <summary>How much an agent gains from lazy loading (SPEC section 4).</summary>
/// <param name="Score">0 to 10, in tenths.</param>
/// <param name="Potential"><c>low</c>, <c>medium</c> or <c>high</c>.</param>
/// <param name="Risk"><c>low</c>, <c>medium</c> or <c>high</c>.</param>
/// <param name="Patterns">What to do, in kebab case, best first.</param>
/// <param name="StartupSeconds">Estimated seconds of eager loading.</param>
/// <param name="MemoryMegabytes">Estimated megabytes of eager loading.</param>
/// <param name="HeavyDependencies">Number of distinct heavy dependencies.</param>
/// <param name="EagerLoads">Number of eager loads.</param>
public sealed record CandidateScore(
    decimal Score,
    string Potential,
    string Risk,
    ImmutableArray<string> Patterns,
    decimal StartupSeconds,
    decimal MemoryMegabytes,
    int HeavyDependencies,
    int EagerLoads);
