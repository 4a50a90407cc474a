using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Migration.Migrating;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Tests.Migrating;

public sealed class LiftAheadTests : IDisposable
{
    private readonly SmallFleet fleet = new("AAgent", "BAgent");
    private readonly List<(Solution Solution, MigrationStage Stage)> lifts = [];

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task What_was_begun_is_handed_over_and_not_done_again()
    {
        var (ahead, source, requests) = await LoadAsync(StageLift.ApplyAsync);
        var first = await ahead.LiftAsync(source.Solution, requests(MigrationStage.Infrastructure), CancellationToken.None);

        ahead.Begin(first.Solution, requests(MigrationStage.CoreLogic), CancellationToken.None);
        var second = await ahead.LiftAsync(first.Solution, requests(MigrationStage.CoreLogic), CancellationToken.None);

        second.Steps.Select(step => step.Request).ShouldBe(requests(MigrationStage.CoreLogic));
        lifts.Select(lift => lift.Stage).ShouldBe([MigrationStage.Infrastructure, MigrationStage.CoreLogic]);
    }

    [Fact]
    public async Task What_was_begun_in_other_code_or_for_others_is_dropped()
    {
        var (ahead, source, requests) = await LoadAsync(StageLift.ApplyAsync);
        var first = await ahead.LiftAsync(source.Solution, requests(MigrationStage.Infrastructure), CancellationToken.None);

        ahead.Begin(first.Solution, requests(MigrationStage.CoreLogic), CancellationToken.None);
        var alone = await ahead.LiftAsync(first.Solution, [requests(MigrationStage.CoreLogic)[0]], CancellationToken.None);
        ahead.Begin(first.Solution, requests(MigrationStage.CoreLogic), CancellationToken.None);
        var anew = await ahead.LiftAsync(source.Solution, requests(MigrationStage.CoreLogic), CancellationToken.None);

        alone.Steps.ShouldHaveSingleItem().Request.Agent.Name.ShouldBe("AAgent");
        lifts[^1].ShouldBe((source.Solution, MigrationStage.CoreLogic));
        anew.Steps.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_dropped_is_stopped_and_its_failure_is_nobodys()
    {
        var (begun, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (ahead, source, requests) = await LoadAsync(async (_, _, _, cancellationToken) =>
        {
            cancellationToken.Register(stopped.SetResult);
            begun.SetResult();
            await stopped.Task;
            throw new InvalidOperationException("too late");
        });

        ahead.Begin(source.Solution, requests(MigrationStage.Infrastructure), CancellationToken.None);
        await begun.Task;
        await ahead.DropAsync();

        stopped.Task.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_failure_of_what_was_begun_reaches_who_takes_it()
    {
        var (ahead, source, requests) = await LoadAsync((_, _, _, _) => throw new InvalidOperationException("broken"));

        ahead.Begin(source.Solution, requests(MigrationStage.Infrastructure), CancellationToken.None);

        (await Should.ThrowAsync<InvalidOperationException>(() => ahead.LiftAsync(source.Solution, requests(MigrationStage.Infrastructure), CancellationToken.None))).Message.ShouldBe("broken");
    }

    private async Task<(LiftAhead Ahead, MigrationSource Source, Func<MigrationStage, ImmutableArray<StepRequest>> Requests)> LoadAsync(LiftFunction lift)
    {
        var source = await fleet.LoadAsync();
        LiftFunction noted = (solution, stage, options, cancellationToken) =>
        {
            lock (lifts)
                lifts.Add((solution, stage));
            return lift(solution, stage, options, cancellationToken);
        };
        var joint = new JointLift(noted, includeAssisted: false, MigrationStage.Integration, source.Generators, source.TakeReadings);
        return (new LiftAhead(joint, new MigrationClock(new Progress<MigrationProgress>(), TimeProvider.System, agents: 2, batches: 1, pause: TimeSpan.Zero)), source, stage => [.. source.Assessment.Agents.OrderBy(agent => agent.Name, StringComparer.Ordinal).Select(agent => new StepRequest(agent, stage))]);
    }
}
