using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Planning;
using AgentLift.Migration.Snapshots;
using AgentLift.Migration.Verification;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Migrating;

/// <summary>Migrates a fleet batch by batch and stage by stage: lift in memory, verify, write, run the user's commands, go on (SPEC section 5).</summary>
public sealed class Migrator
{
    private readonly MigrationSource source;
    private readonly MigrationOptions options;
    private readonly IProgress<MigrationProgress> progress;
    private readonly TimeProvider time;
    private readonly LiftFunction lift;

    /// <summary>Creates the migrator.</summary>
    /// <param name="source">The target, loaded.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told what begins.</param>
    public Migrator(MigrationSource source, MigrationOptions options, IProgress<MigrationProgress> progress)
        : this(source, options, progress, TimeProvider.System, StageLift.ApplyAsync)
    {
    }

    internal Migrator(MigrationSource source, MigrationOptions options, IProgress<MigrationProgress> progress, TimeProvider time, LiftFunction lift)
    {
        (this.source, this.options, this.progress, this.time, this.lift) = (source, options, progress, time, lift);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1, nameof(options));
    }

    /// <summary>Migrates, and writes through a store that has recovered.</summary>
    /// <param name="store">The store of the target's folder.</param>
    /// <param name="cancellationToken">Stops between writes; the report says what was done.</param>
    /// <exception cref="UnusableInputException">A name means no agent.</exception>
    public Task<MigrationReport> RunAsync(SnapshotStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return RunAsync(new StoreWriter(store, new RunInfo(options.Tool, source.Assessment.Target, options.CommandLine)), dryRun: false, cancellationToken);
    }

    /// <summary>Does all but writing and the user's commands, and writes one unified diff.</summary>
    /// <param name="patch">Where the diff goes.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UnusableInputException">A name means no agent.</exception>
    public async Task<MigrationReport> DryRunAsync(Stream patch, CancellationToken cancellationToken)
    {
        var writer = new PatchWriter(source.Root);
        var report = await RunAsync(writer, dryRun: true, cancellationToken).ConfigureAwait(false);
        writer.WriteTo(patch);
        return report;
    }

    private async Task<MigrationReport> RunAsync(IMigrationWriter writer, bool dryRun, CancellationToken cancellationToken)
    {
        var ledger = new AgentLedger(new LeftPlaces(source.Root, options.IncludeAssisted));
        var named = AgentSelection.Named(source.Assessment, options.Agents);
        var dependencies = await AgentDependencies.OfAsync(source.Solution, source.Assessment.Agents, source.Manifest, cancellationToken).ConfigureAwait(false);
        var order = MigrationOrder.Of(source.Assessment.Agents, dependencies);
        var wanted = order.Where(agent => AgentSelection.Skipped(source, agent, named) is null).ToImmutableArray();
        foreach (var agent in wanted)
            ledger.Add(agent);
        foreach (var agent in order.Except(wanted))
            ledger.Add(agent, AgentSelection.Skipped(source, agent, named));

        var batches = wanted.Chunk(options.BatchSize).Select(batch => batch.ToImmutableArray()).ToImmutableArray();
        var clock = new MigrationClock(progress, time, wanted.Length, batches.Length, dryRun ? TimeSpan.Zero : options.BatchPause);
        await using var run = new BatchRun(source, options, new PendingFiles(source.Root), writer, dryRun, ledger, clock, lift);
        MigrationStop? stop = null;
        var settled = false;
        try
        {
            for (var i = 0; i < batches.Length && stop is null; i++)
            {
                var wrote = await run.RunAsync(batches[i], i + 1 == batches.Length ? wanted : [], cancellationToken).ConfigureAwait(false);
                stop = StopAfter(batches[i], ledger, i + 1 == batches.Length);
                if (wrote && stop is null && i + 1 < batches.Length)
                    await clock.PauseAsync(cancellationToken).ConfigureAwait(false);
            }

            if (stop is null)
                settled = await run.SettleAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            stop = new MigrationStop(MigrationStopKind.Cancelled, "stopped by request", NextStep(writer, ledger));
        }
        catch (SnapshotException refused)
        {
            stop = new MigrationStop(MigrationStopKind.Refused, string.Join('\n', refused.Problems), refused.NeedsRecovery ? "run 'agentlift recover' first" : NextStep(writer, ledger));
        }

        if (stop?.Kind != MigrationStopKind.Refused)
            writer.Complete();
        return new MigrationReport(
            options.Tool, source.Assessment.Target, dryRun, writer.Run, options.Stage, ledger.ToAgents(), run.Files, run.Verifications, source.Assessment.Errors)
        {
            Stop = stop,
            Settled = settled,
        };
    }

    private static MigrationStop? StopAfter(ImmutableArray<AssessedAgent> batch, AgentLedger ledger, bool last)
    {
        var failed = batch.Count(ledger.HasFailed);
        return !last && batch.Length - failed < MigrationOptions.NeededShare * batch.Length
            ? new MigrationStop(
                MigrationStopKind.TooManyFailures,
                $"{failed} of {batch.Length} agents of a batch were put back; under {MigrationOptions.NeededShare:P0} success the run stops",
                "look at the reasons, then run again: agents that are lifted already stay as they are")
            : null;
    }

    private static string NextStep(IMigrationWriter writer, AgentLedger ledger) => writer.Run is { } id
        ? ledger.HasStuck
            ? $"what stands of it was not verified: remove the cause, then take it back with 'agentlift rollback --run {id}'"
            : $"what was written stands: run again to go on, or take it back with 'agentlift rollback --run {id}'"
        : "nothing was written: run again to begin anew";
}
