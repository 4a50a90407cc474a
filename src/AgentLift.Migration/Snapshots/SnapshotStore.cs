using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>
/// Writes files so that every write can be taken back and none is ever left half done. Lies in <c>.agentlift</c> at the
/// solution root, outside version control and the build. One process at a time; not safe for use by several threads.
/// </summary>
public sealed class SnapshotStore : IDisposable
{
    /// <summary>How many runs <see cref="Prune"/> keeps by default: 10.</summary>
    public const int DefaultGenerations = 10;

    private readonly StoreParts parts;
    private readonly StoreLock held;

    private SnapshotStore(StoreParts parts, StoreLock held)
    {
        this.parts = parts;
        this.held = held;
    }

    /// <summary>All runs, the oldest first; read from disk at each call.</summary>
    /// <exception cref="SnapshotException">A manifest or journal is damaged or of a later version.</exception>
    public ImmutableArray<RunSummary> Runs => RunHistory.Summaries(Recorded());

    /// <summary>Opens the store of a solution, and creates it where there is none. Call <see cref="Recover"/> next.</summary>
    /// <param name="root">The folder that holds all files that are to be changed.</param>
    /// <param name="time">The clock; <see langword="null"/> for that of the system.</param>
    /// <exception cref="SnapshotException">Another process has it open (it is named), or it cannot be written.</exception>
    public static SnapshotStore Open(string root, TimeProvider? time = null) => Open(root, time ?? TimeProvider.System, new Disk());

    /// <summary>Begins a run. Nothing is written before its first transaction.</summary>
    /// <exception cref="SnapshotException">An earlier run waits for <see cref="Recover"/>.</exception>
    public MigrationRun Begin(RunInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        Recorded(recovered: true);
        return new MigrationRun(parts, info);
    }

    /// <summary>
    /// Undoes what was cut short by a crash. Each file gets back the bytes, mode and time from before the transaction;
    /// a file that someone else has changed meanwhile stays as it is and is reported. Does nothing where nothing was cut short.
    /// </summary>
    /// <exception cref="SnapshotException">A file or journal cannot be read or written; the rest waits for the next call.</exception>
    public RecoveryReport Recover()
    {
        var undone = ImmutableArray.CreateBuilder<UndoneTransaction>();
        foreach (var run in Recorded().Reverse())
        {
            foreach (var transaction in run.Unfinished.Reverse())
                undone.Add(new TransactionUndo(parts, run.Id, parts.JournalOf(run.Id)).Undo(transaction.Begin, byRecovery: true));
        }

        new StorePruning(parts).EmptyTemporary();
        return new RecoveryReport(undone.ToImmutable());
    }

    /// <summary>Takes transactions back, the last one first: as one transaction, so that all of it happens or nothing.</summary>
    /// <param name="selection">What to take back.</param>
    /// <param name="dryRun">Whether only to say what would be done.</param>
    /// <returns>What was done; an empty report where nothing selected stands any more.</returns>
    /// <exception cref="SnapshotException">A file has other bytes than the run left, was changed by a later transaction, or cannot be written. All such files are named; nothing was changed.</exception>
    public RollbackReport Rollback(RollbackSelection selection, bool dryRun = false)
    {
        ArgumentNullException.ThrowIfNull(selection);
        var plan = new RollbackPlanner(parts, Recorded(recovered: true), selection).Plan();
        if (plan is null)
            return new RollbackReport(null, dryRun, [], []);

        if (!dryRun)
        {
            var journal = parts.JournalOf(plan.Run.Id);
            var begin = new BeginRecord(
                parts.Now,
                journal.NextTransaction(),
                selection.Stage,
                selection.Agent,
                [.. plan.Transactions.Select(transaction => transaction.Begin.Transaction)],
                plan.Entries,
                MissingFolders.Of(parts.Paths, plan.Entries.Where(entry => entry.Before is null).Select(entry => entry.Path)));
            new TransactionWriter(parts, plan.Run.Id, journal).Write(begin, plan.Emptied);
        }

        return new RollbackReport(plan.Run.Id, dryRun, [.. plan.Transactions.Select(transaction => transaction.Summary)], plan.Files);
    }

    /// <summary>
    /// Removes old runs and the bytes that only they refer to. The newest <paramref name="keep"/> runs stay, and of those that
    /// still can be rolled back the newest <paramref name="keep"/>, however many failed attempts came after them.
    /// </summary>
    /// <param name="keep">Generations to keep, at least 1. Default: <see cref="DefaultGenerations"/>.</param>
    /// <exception cref="SnapshotException">An earlier run waits for <see cref="Recover"/>, or the store cannot be written.</exception>
    public PruneReport Prune(int keep = DefaultGenerations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        return new StorePruning(parts).Prune(Recorded(recovered: true), keep);
    }

    /// <summary>Lets other processes in.</summary>
    public void Dispose() => held.Dispose();

    internal static SnapshotStore Open(string root, TimeProvider time, IDisk disk)
    {
        if (!Directory.Exists(root))
            throw new SnapshotException(new SnapshotProblem(root, "the folder does not exist", "name the folder of the solution"));

        var paths = new RootedPaths(root);
        var layout = new StoreLayout(paths.Root);
        if (new DirectoryInfo(layout.Folder).LinkTarget is not null)
            throw new SnapshotException(new SnapshotProblem(StoreLayout.FolderName, "the store is a link, and may lead anywhere", "remove the link"));

        StoreLock? held = null;
        try
        {
            CreateFolders(layout);
            held = StoreLock.Take(layout);
            KeepOutOfVersionControl(layout, disk);
            return new SnapshotStore(new StoreParts(disk, layout, paths, new ObjectStore(disk, layout), time), held);
        }
        catch (Exception failure)
        {
            held?.Dispose();
            if (DiskFailure.Is(failure))
                throw DiskFailure.Of(StoreLayout.FolderName, failure);
            throw;
        }
    }

    private static void CreateFolders(StoreLayout layout)
    {
        // Copies of files that only their owner may read lie in it.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(layout.Folder);
        else
            Directory.CreateDirectory(layout.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Directory.CreateDirectory(layout.Objects);
        Directory.CreateDirectory(layout.Runs);
        Directory.CreateDirectory(layout.Temporary);
    }

    private static void KeepOutOfVersionControl(StoreLayout layout, IDisk disk)
    {
        var everything = "*\n"u8;
        if (File.Exists(layout.Ignore) && File.ReadAllBytes(layout.Ignore).AsSpan().SequenceEqual(everything))
            return;

        var aside = layout.NewTemporary();
        disk.Write(aside, everything, null, null);
        disk.Move(aside, layout.Ignore);
        disk.FlushFolder(layout.Folder);
    }

    private ImmutableArray<RecordedRun> Recorded(bool recovered = false)
    {
        var runs = RunHistory.ReadRecorded(parts.Layout);
        if (recovered && runs.FirstOrDefault(run => run.Unfinished.Any()) is { } cutShort)
        {
            throw new SnapshotException(new SnapshotProblem(null, $"run {cutShort.Id} was cut short", "start the tool again: it recovers first"))
            {
                NeedsRecovery = true,
            };
        }

        return runs;
    }
}
