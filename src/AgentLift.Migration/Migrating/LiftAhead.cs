using System.Collections.Immutable;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Migrating;

/// <summary>Many agents lifted together, not verified yet.</summary>
/// <param name="Solution">The code afterwards.</param>
/// <param name="Steps">Who did what, in the order of the stages.</param>
internal sealed record JointlyLifted(Solution Solution, List<JointStep> Steps);

/// <summary>
/// Lifts the agents of a round together. While a round is verified and written, the next one is lifted already, as nearly always all of a round stands; where
/// it does not, the work is dropped, and nothing of it is seen.
/// </summary>
internal sealed class LiftAhead(JointLift joint, MigrationClock clock)
{
    private Ahead? ahead;

    /// <summary>Lifts agents: what was begun, if it starts from this code and is about them, else from here.</summary>
    public async Task<JointlyLifted> LiftAsync(Solution start, ImmutableArray<StepRequest> wanted, CancellationToken cancellationToken)
    {
        if (ahead is not { } begun || begun.Start != start || !begun.Wanted.SequenceEqual(wanted))
        {
            await DropAsync().ConfigureAwait(false);
            return await LiftAllAsync(start, wanted, Say, cancellationToken).ConfigureAwait(false);
        }

        ahead = null;
        foreach (var stage in StagesOf(wanted))
            Say(stage.Key, stage);
        using (begun.Stop)
            return await begun.Lift.ConfigureAwait(false);
    }

    /// <summary>Begins with the next round.</summary>
    /// <param name="start">The code that it starts from if all of this round stands.</param>
    /// <param name="wanted">Who goes through what, if all of this round stands.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Begin(Solution start, ImmutableArray<StepRequest> wanted, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ahead = new Ahead(start, wanted, Task.Run(() => LiftAllAsync(start, wanted, static (_, _) => { }, stop.Token), stop.Token), stop);
    }

    /// <summary>The code after the next round, if it has begun.</summary>
    public async Task<Solution?> PeekAsync() => ahead is { } begun ? (await begun.Lift.ConfigureAwait(false)).Solution : null;

    /// <summary>Gives up what was begun.</summary>
    public async Task DropAsync()
    {
        if (ahead is not { } begun)
            return;
        ahead = null;
        using (begun.Stop)
        {
            await begun.Stop.CancelAsync().ConfigureAwait(false);
            await begun.Lift.ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }

        joint.Forget();
    }

    private static IEnumerable<IGrouping<MigrationStage, StepRequest>> StagesOf(ImmutableArray<StepRequest> wanted) => wanted.GroupBy(request => request.Stage).OrderBy(stage => stage.Key);

    private void Say(MigrationStage stage, IEnumerable<StepRequest> requests) => clock.Say(MigrationPhase.Lifting, requests, stage);

    // All by the first stage, then by the next. An agent that took no part in one takes no part in those after it. What is done ahead is told when its turn comes.
    private async Task<JointlyLifted> LiftAllAsync(
        Solution solution, ImmutableArray<StepRequest> wanted, Action<MigrationStage, IEnumerable<StepRequest>> begins, CancellationToken cancellationToken)
    {
        var (steps, left) = (new List<JointStep>(), new HashSet<AssessedAgent>());
        foreach (var stage in StagesOf(wanted))
        {
            var requests = stage.Where(request => !left.Contains(request.Agent)).ToList();
            begins(stage.Key, requests);
            (solution, var lifted) = await joint.LiftAsync(solution, stage.Key, requests, cancellationToken).ConfigureAwait(false);
            left.UnionWith(requests.Select(request => request.Agent).Except(lifted.Select(step => step.Request.Agent)));
            steps.AddRange(requests.Join(lifted, request => request, step => step.Request, (_, step) => step));
        }

        return new JointlyLifted(solution, steps);
    }

    private sealed record Ahead(Solution Start, ImmutableArray<StepRequest> Wanted, Task<JointlyLifted> Lift, CancellationTokenSource Stop);
}
