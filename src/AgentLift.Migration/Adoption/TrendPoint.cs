using System.Collections.Immutable;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Adoption;

/// <summary>Where a fleet stood after a run, as far as runs of the kept history brought it there.</summary>
/// <param name="Run">Id of the run.</param>
/// <param name="At">When it was begun.</param>
/// <param name="State">How it stands now.</param>
/// <param name="Agents">Agents that it wrote and that still stand.</param>
/// <param name="AgentsSoFar">Different agents that it and the runs before it wrote and that still stand.</param>
/// <param name="ByStage">Those of <paramref name="AgentsSoFar"/> by the stages that were written.</param>
public sealed record TrendPoint(string Run, DateTimeOffset At, RunState State, int Agents, int AgentsSoFar, ImmutableSortedDictionary<string, int> ByStage)
{
    private const string ProjectEnding = "proj";

    /// <summary>One point for each run, the oldest first.</summary>
    public static ImmutableArray<TrendPoint> Of(ImmutableArray<RunSummary> runs)
    {
        var soFar = new HashSet<(string Stage, string Agent)>();
        var points = ImmutableArray.CreateBuilder<TrendPoint>(runs.Length);
        foreach (var run in runs)
        {
            var standing = run.Transactions
                .Where(step => step.State == TransactionState.Applied && !step.Agent.EndsWith(ProjectEnding, StringComparison.OrdinalIgnoreCase))
                .Select(step => (step.Stage, step.Agent)).ToList();
            soFar.UnionWith(standing);
            points.Add(new TrendPoint(
                run.Id,
                run.Started,
                run.State,
                standing.Select(step => step.Agent).Distinct().Count(),
                soFar.Select(step => step.Agent).Distinct().Count(),
                soFar.GroupBy(step => step.Stage).ToImmutableSortedDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal)));
        }

        return points.MoveToImmutable();
    }
}
