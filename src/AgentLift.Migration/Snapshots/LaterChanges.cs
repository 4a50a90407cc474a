using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>Who has changed the files of a rollback again, and must be rolled back first.</summary>
internal sealed class LaterChanges
{
    private readonly ILookup<string, (RecordedRun Run, RecordedTransaction Transaction)> changes;
    private readonly RecordedRun own;

    /// <param name="history">All runs.</param>
    /// <param name="own">The run that is rolled back.</param>
    /// <param name="taken">What of it is taken back.</param>
    public LaterChanges(ImmutableArray<RecordedRun> history, RecordedRun own, ImmutableArray<RecordedTransaction> taken)
    {
        this.own = own;
        changes = history
            .Where(run => run.Manifest.Number >= own.Manifest.Number)
            .SelectMany(run => run.Applied.Except(taken).SelectMany(transaction => transaction.Begin.Entries.Select(entry => (entry.Path, run, transaction))))
            .ToLookup(change => change.Path, change => (change.run, change.transaction), RootedPaths.Comparer);
    }

    /// <summary>What stands in the way of a file, or <see langword="null"/>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="first">Number of the first transaction that is taken back and changed it.</param>
    public SnapshotProblem? Of(string file, int first)
    {
        var (run, transaction) = changes[file].LastOrDefault(change => change.Run != own || change.Transaction.Begin.Transaction > first);
        if (run is null)
            return null;

        var by = $"stage {transaction.Begin.Stage} of {transaction.Begin.Agent}";
        return run == own
            ? new SnapshotProblem(file, $"{by} changed it again in the same run", "roll that back first, or both together")
            : new SnapshotProblem(file, $"{by} changed it again in the later run {run.Id}", $"roll that run back first: --run {run.Id}");
    }
}
