using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Editing;
using AgentLift.Migration.Settings;
using AgentLift.Migration.Snapshots;
using AgentLift.Migration.Verification;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Migrating;

/// <summary>Takes one batch after the other through the stages. Between two rounds memory and disk hold the same code.</summary>
internal sealed class BatchRun(
    MigrationSource source, MigrationOptions options, PendingFiles files, IMigrationWriter writer, bool dryRun, AgentLedger ledger, MigrationClock clock, LiftFunction lift)
    : IAsyncDisposable
{
    // One round has always been enough so far; what a second one still changes is for the next run.
    private const int MostRounds = 2;

    private static readonly ImmutableArray<MigrationStage> Stages = [MigrationStage.Infrastructure, MigrationStage.CoreLogic, MigrationStage.Integration];

    private readonly ImmutableArray<MigrationStage> wanted = [.. Stages.Where(stage => stage <= options.Stage)];
    private readonly RuntimeAddition runtime = new(options, source.Generators, files);
    private readonly SettingsAddition settings = new(source.Root, files);
    private readonly CompilerCheck compiler = new(source.Solution, source.Generators);
    private readonly LiftAhead joint = new(new JointLift(lift, options.IncludeAssisted, options.Stage, source.Generators, source.TakeReadings), clock);
    private readonly List<string> written = [];
    private readonly List<VerifyResult> verifications = [];
    private Solution solution = source.Solution;
    private bool anyChanged;

    /// <summary>The files that differ, relative to the root.</summary>
    public ImmutableArray<string> Files => [.. written.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The commands that ran.</summary>
    public ImmutableArray<VerifyResult> Verifications => [.. verifications];

    /// <summary>Takes a batch through all stages.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="settled">The agents that are settled right after it; empty where another batch comes first.</param>
    /// <param name="cancellationToken">Stops the batch.</param>
    /// <returns>Whether something was written.</returns>
    public async Task<bool> RunAsync(ImmutableArray<AssessedAgent> batch, ImmutableArray<AssessedAgent> settled, CancellationToken cancellationToken)
    {
        clock.BeginBatch();
        var (withRuntime, refused) = await runtime.AddAsync(solution, batch, compiler, cancellationToken).ConfigureAwait(false);
        solution = await source.Generators.RunOnAsync(withRuntime, cancellationToken).ConfigureAwait(false);
        compiler.Accept(solution);
        await compiler.BeginAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (agent, reason) in refused)
            ledger.PutBack(new StepRequest(agent, MigrationStage.Infrastructure), [reason]);

        var (wrote, steps) = (false, Stagewise(batch).ToList());
        for (var i = 0; i < steps.Count; i++)
        {
            if (RequestsFor(batch, steps[i]) is { IsEmpty: false } requests)
            {
                var isLast = i + 1 == steps.Count;
                wrote |= await RunAsync(requests, isLast ? RequestsFor(settled, wanted) : RequestsFor(batch, steps[i + 1]), isLast, cancellationToken).ConfigureAwait(false);
            }
        }

        clock.EndBatch(batch.Length);
        return wrote;
    }

    /// <summary>
    /// Goes through the agents again until nothing changes: a program becomes a host only when the last of its agents is lifted, and then more of the others
    /// can go. The last time tells what is left by its place in the code as it is then.
    /// </summary>
    /// <returns>Whether nothing is left to do.</returns>
    public async Task<bool> SettleAsync(ImmutableArray<AssessedAgent> agents, CancellationToken cancellationToken)
    {
        if (!anyChanged)
            return true;
        for (var round = 0; round < MostRounds; round++)
        {
            var requests = RequestsFor(agents, wanted);
            if (requests.IsEmpty)
                return true;
            clock.Settle(requests);
            if (!await RunAsync(requests, requests, settles: true, cancellationToken).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    /// <summary>Gives up what was begun ahead.</summary>
    public async ValueTask DisposeAsync() => await joint.DropAsync().ConfigureAwait(false);

    // Low risk goes through all stages in one go; the others stage by stage, verified after each, and who is in a batch with them goes along.
    private IEnumerable<ImmutableArray<MigrationStage>> Stagewise(ImmutableArray<AssessedAgent> batch) =>
        batch.All(agent => agent.Risk.Strategy == MigrationStrategy.Rapid) ? [wanted] : wanted.Select(stage => ImmutableArray.Create(stage));

    private ImmutableArray<StepRequest> RequestsFor(ImmutableArray<AssessedAgent> batch, ImmutableArray<MigrationStage> step) =>
        [.. batch.Where(agent => !ledger.HasFailed(agent)).SelectMany(agent => step.Select(stage => new StepRequest(agent, stage)))];

    private async Task<bool> RunAsync(ImmutableArray<StepRequest> requests, ImmutableArray<StepRequest> next, bool settles, CancellationToken cancellationToken)
    {
        var round = await LiftAsync(requests, next, settles, cancellationToken).ConfigureAwait(false);
        foreach (var step in round.Steps.Where(step => !step.Changed))
            ledger.Stands(step);
        foreach (var (request, reasons) in round.PutBack)
            ledger.PutBack(request, reasons);
        var changed = round.Steps.Where(step => step.Changed).ToImmutableArray();
        if (changed.IsEmpty)
            return false;
        anyChanged = true;

        // Verified in memory. A request to stop is met before the first write or after the last.
        cancellationToken.ThrowIfCancellationRequested();
        if (!await KeepAsync(changed, cancellationToken).ConfigureAwait(false))
            return true;
        foreach (var step in changed)
            ledger.Stands(step);
        solution = round.Solution;
        compiler.Accept(solution);
        return true;
    }

    // Together as far as that goes, then what is left agent by agent.
    private async Task<RoundResult> LiftAsync(ImmutableArray<StepRequest> requests, ImmutableArray<StepRequest> next, bool settles, CancellationToken cancellationToken)
    {
        var text = new FindingText(source.Root);
        var (first, left) = await new JointRound(joint, compiler, clock, text).RunAsync(solution, requests, next, settles, cancellationToken).ConfigureAwait(false);
        if (left.IsEmpty)
            return first;
        compiler.Accept(first.Solution);
        var second = await new LiftRound(new StepLifter(lift, options.IncludeAssisted), compiler, clock, text).RunAsync(first.Solution, left, cancellationToken).ConfigureAwait(false);
        return new RoundResult(second.Solution, [.. first.Steps, .. second.Steps], [.. first.PutBack, .. second.PutBack]);
    }

    /// <summary>Writes the steps and runs the user's commands; what they do not pass goes back.</summary>
    private async Task<bool> KeepAsync(ImmutableArray<LiftStep> steps, CancellationToken cancellationToken)
    {
        var writes = new List<WrittenStep>();
        ImmutableArray<string> reasons;
        ExceptionDispatchInfo? cause = null;
        try
        {
            foreach (var step in steps)
                await WriteAsync(step, writes).ConfigureAwait(false);
            if (dryRun || await FailedCommandAsync(cancellationToken).ConfigureAwait(false) is not { } failed)
                return true;
            reasons = [$"'{failed.Command}' ended with exit code {failed.ExitCode}", .. failed.Tail];
        }
        catch (OperationCanceledException stopped)
        {
            reasons = ["the run was stopped before the commands that verify it had ended"];
            cause = ExceptionDispatchInfo.Capture(stopped);
        }
        catch (SnapshotException refused) when (!refused.NeedsRecovery)
        {
            // A round stands as a whole: only that was compiled.
            reasons = [.. refused.Problems.Select(problem => problem.ToString())];
            cause = ExceptionDispatchInfo.Capture(refused);
        }

        TakeBack(steps, writes, reasons);
        cause?.Throw();
        return false;
    }

    private async Task WriteAsync(LiftStep step, List<WrittenStep> writes)
    {
        var (agent, stage) = (step.Request.Agent, step.Request.Stage.ToKebabCase());
        clock.Say(MigrationPhase.Writing, agent.Name, step.Request.Stage);
        if (runtime.EditsFor(agent) is { IsEmpty: false } references)
        {
            Write(stage, runtime.ProjectFileOf(agent), references, agent);
            runtime.Written(agent);
        }

        Write(stage, agent.Name, await SolutionEdit.BetweenAsync(step.Before, step.After, CancellationToken.None).ConfigureAwait(false), null);

        // Apart from the agent, as other agents add to the same file; its name is in it, as a write is taken back by name.
        var plan = await settings.ForAsync(step, CancellationToken.None).ConfigureAwait(false);
        foreach (var program in plan.Writes)
            Write(stage, $"{agent.Name} in {program.File}", program.Edits, null);
        ledger.Note(step.Request, plan.Left);

        void Write(string stage, string name, ImmutableArray<FileEdit> edits, AssessedAgent? projectOf)
        {
            var changed = writer.Write(stage, name, files.Take(edits));
            written.AddRange(changed);
            writes.Add(new WrittenStep(step, stage, name, edits, changed, projectOf));
        }
    }

    private async Task<VerifyResult?> FailedCommandAsync(CancellationToken cancellationToken)
    {
        foreach (var command in options.VerifyCommands)
        {
            clock.Say(MigrationPhase.Command, command);
            var result = await VerifyCommand.RunAsync(command, source.Root, cancellationToken).ConfigureAwait(false);
            verifications.Add(result);
            if (!result.Passed)
                return result;
        }

        return null;
    }

    /// <exception cref="SnapshotException">Not all of it could be taken back: whole steps stand, the first ones.</exception>
    private void TakeBack(ImmutableArray<LiftStep> steps, List<WrittenStep> writes, ImmutableArray<string> reasons)
    {
        SnapshotException? failure = null;
        try
        {
            while (!dryRun && writes is [.., var last])
            {
                TakeBack(last);
                writes.RemoveAt(writes.Count - 1);
            }
        }
        catch (SnapshotException second)
        {
            reasons = [.. reasons, .. second.Problems.Select(problem => $"it could not be taken back: {problem}")];
            failure = new SnapshotException([new SnapshotProblem(null, reasons[0], "then it could not be taken back"), .. second.Problems], second) { NeedsRecovery = second.NeedsRecovery };
        }

        foreach (var step in steps)
            ledger.TakenBack(step, reasons);
        foreach (var step in steps.Where(step => failure is not null && writes.Exists(write => write.Of == step)))
            ledger.Stuck(step, reasons);
        if (failure is not null)
            throw failure;
    }

    private void TakeBack(WrittenStep write)
    {
        writer.TakeBack(write.Stage, write.Agent);
        files.Forget(write.Edits.Select(edit => edit.Path));
        foreach (var file in write.Files)
            written.Remove(file);
        if (write.ProjectOf is { } agent)
            runtime.TakenBack(agent);
    }

    /// <summary>One write of a round.</summary>
    private sealed record WrittenStep(LiftStep Of, string Stage, string Agent, ImmutableArray<FileEdit> Edits, ImmutableArray<string> Files, AssessedAgent? ProjectOf);
}
