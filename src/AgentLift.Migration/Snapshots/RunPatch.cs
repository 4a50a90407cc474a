namespace AgentLift.Migration.Snapshots;

/// <summary>Exports a run as a patch that <c>git apply</c> takes.</summary>
public static class RunPatch
{
    /// <summary>
    /// Writes the net change of each file by the transactions that still stand; of a run that was rolled back as a whole, by all
    /// of them, so that it can be applied again. Needs no lock.
    /// </summary>
    /// <param name="root">The solution root, to which the paths are relative.</param>
    /// <param name="run">Id of the run.</param>
    /// <param name="output">Where to write. The bytes of the files go there as they are, whatever their encoding.</param>
    /// <param name="reverse">Whether the patch takes the run back.</param>
    /// <exception cref="SnapshotException">The run is unknown, or a stored copy is damaged.</exception>
    public static void Write(string root, string run, Stream output, bool reverse = false)
    {
        var layout = new StoreLayout(new RootedPaths(root).Root);
        var recorded = RunHistory.ReadRecorded(layout).FirstOrDefault(candidate => candidate.Id == run)
            ?? throw new SnapshotException(new SnapshotProblem(null, $"there is no run '{run}'", "choose one from the list of runs; old ones are pruned"));
        var objects = new ObjectStore(new Disk(), layout);
        var steps = recorded.Applied.Any()
            ? recorded.Applied
            : recorded.All.Where(transaction => transaction is { IsRollback: false, State: TransactionState.RolledBack });
        foreach (var file in steps.SelectMany(step => step.Begin.Entries).GroupBy(entry => entry.Path, RootedPaths.Comparer).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var before = Side(objects, file.First().Before);
            var after = Side(objects, file.Last().After);
            FilePatch.Write(output, file.Key, reverse ? after : before, reverse ? before : after);
        }
    }

    private static PatchSide? Side(ObjectStore objects, FileState? state) =>
        state is null ? null : new PatchSide(objects.Read(state.Hash), state.Mode is { } mode && (mode & UnixFileMode.UserExecute) != 0);
}
