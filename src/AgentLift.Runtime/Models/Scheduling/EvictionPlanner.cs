namespace AgentLift.Runtime.Models;

/// <summary>A model that could go.</summary>
/// <param name="Resident">The model.</param>
/// <param name="Bytes">What its going gives back.</param>
/// <param name="Cost">What its going costs, 0 or more.</param>
internal readonly record struct EvictionCandidate(ResidentModel Resident, long Bytes, double Cost);

/// <summary>
/// Chooses the cheapest models that together give back enough: a covering knapsack, solved by branch and bound over the candidates in the order of their cost per
/// byte. The search is cut off after a fixed number of steps; then the best so far is taken, which is at first what a greedy choice gives.
/// </summary>
internal sealed class EvictionPlanner
{
    private const int MostSteps = 20_000;

    private readonly EvictionCandidate[] candidates;
    private readonly long[] bytesFrom;
    private readonly bool[] chosen;
    private bool[]? best;
    private double bestCost = double.PositiveInfinity;
    private int steps;

    private EvictionPlanner(IEnumerable<EvictionCandidate> candidates)
    {
        this.candidates = [.. candidates.Where(candidate => candidate.Bytes > 0).OrderBy(candidate => candidate.Cost / candidate.Bytes)];
        bytesFrom = new long[this.candidates.Length + 1];
        for (var i = this.candidates.Length - 1; i >= 0; i--)
            bytesFrom[i] = bytesFrom[i + 1] + this.candidates[i].Bytes;
        chosen = new bool[this.candidates.Length];
    }

    /// <summary>The cheapest candidates that give back so many bytes; <see langword="null"/> where all together do not.</summary>
    public static EvictionPlan? Plan(IEnumerable<EvictionCandidate> candidates, long bytes)
    {
        if (bytes <= 0)
            return EvictionPlan.Nothing;
        var planner = new EvictionPlanner(candidates);
        planner.Search(0, bytes, 0);
        return planner.best is { } best
            ? new EvictionPlan([.. planner.candidates.Where((_, i) => best[i]).Select(candidate => candidate.Resident)], planner.bestCost)
            : null;
    }

    private void Search(int from, long missing, double cost)
    {
        if (missing <= 0)
        {
            if (cost < bestCost || best is null)
            {
                bestCost = cost;
                best = [.. chosen];
            }

            return;
        }

        if (bytesFrom[from] < missing || (best is not null && (++steps > MostSteps || cost + LeastCost(from, missing) >= bestCost)))
            return;
        chosen[from] = true;
        Search(from + 1, missing - candidates[from].Bytes, cost + candidates[from].Cost);
        chosen[from] = false;
        Search(from + 1, missing, cost);
    }

    /// <summary>What the rest costs at least: the cheapest bytes, the last of them in part.</summary>
    private double LeastCost(int from, long missing)
    {
        var cost = 0.0;
        for (var i = from; missing > 0; i++)
        {
            cost += candidates[i].Cost * Math.Min(1, (double)missing / candidates[i].Bytes);
            missing -= candidates[i].Bytes;
        }

        return cost;
    }
}

/// <summary>Models that are to go.</summary>
/// <param name="Victims">The models.</param>
/// <param name="Cost">What it costs that they go.</param>
internal sealed record EvictionPlan(IReadOnlyList<ResidentModel> Victims, double Cost)
{
    public static EvictionPlan Nothing { get; } = new([], 0);
}
