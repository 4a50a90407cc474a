using System.Collections.Immutable;

namespace AgentLift.Core.Candidates;

/// <summary>A way to make an agent start or run quicker, and what it brought the original fleet (SPEC section 4).</summary>
/// <param name="Id">Stable id in kebab case, as in <see cref="CandidateScore.Patterns"/>.</param>
/// <param name="Name">Name for people.</param>
/// <param name="LeastPercent">The smallest improvement seen, in percent.</param>
/// <param name="MostPercent">The largest improvement seen, in percent.</param>
/// <param name="Improves">What improved.</param>
public sealed record OptimisationPattern(string Id, string Name, int LeastPercent, int MostPercent, string Improves)
{
    /// <summary>Load heavy things on first use, or in the background once the agent is ready.</summary>
    public static OptimisationPattern LazyLoading { get; } = new("lazy-loading", "lazy loading", 40, 95, "start-up");

    /// <summary>Load several heavy things side by side instead of one after the other.</summary>
    public static OptimisationPattern AsynchronousInitialisation { get; } = new("asynchronous-initialisation", "asynchronous initialisation", 50, 80, "perceived start-up");

    /// <summary>Keep what heavy dependencies have worked out.</summary>
    public static OptimisationPattern CacheOptimisation { get; } = new("cache-optimisation", "cache optimisation", 30, 60, "run time");

    /// <summary>Do with fewer heavy dependencies.</summary>
    public static OptimisationPattern DependencyReduction { get; } = new("dependency-reduction", "dependency reduction", 20, 50, "start-up");

    /// <summary>All patterns, best first.</summary>
    public static ImmutableArray<OptimisationPattern> All { get; } = [LazyLoading, AsynchronousInitialisation, CacheOptimisation, DependencyReduction];

    /// <summary>The average improvement of the start-up in the original fleet, in percent.</summary>
    public const double OriginalAveragePercent = 65.7;

    /// <summary>The pattern with an id, or <see langword="null"/>.</summary>
    public static OptimisationPattern? Find(string id) => All.FirstOrDefault(pattern => pattern.Id == id);
}
