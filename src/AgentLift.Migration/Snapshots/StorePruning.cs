using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>Removes what is not needed any more. A run goes by one rename; its bytes go only when no run refers to them.</summary>
internal sealed class StorePruning(StoreParts parts)
{
    public PruneReport Prune(ImmutableArray<RecordedRun> runs, int keep)
    {
        var kept = Kept(runs, keep);
        var removed = runs.Where(run => !kept.Contains(run)).ToList();
        try
        {
            foreach (var run in removed)
                parts.Disk.MoveFolder(parts.Layout.RunFolder(run.Id), parts.Layout.NewTemporary());

            // The runs must be gone for good before the bytes that they refer to.
            if (removed.Count > 0)
                parts.Disk.FlushFolder(parts.Layout.Runs);
            EmptyTemporary();
            return new PruneReport([.. removed.Select(run => run.Id)], RemoveUnreferenced(kept));
        }
        catch (Exception failure) when (DiskFailure.Is(failure))
        {
            throw DiskFailure.Of(StoreLayout.FolderName, failure);
        }
    }

    /// <summary>Deletes what was cut short or thrown away.</summary>
    public void EmptyTemporary()
    {
        try
        {
            DeleteContent(parts.Layout.Temporary);
        }
        catch (Exception failure) when (DiskFailure.Is(failure))
        {
            throw DiskFailure.Of(StoreLayout.FolderName, failure);
        }
    }

    // A run that was killed before its first transaction is no generation.
    private static HashSet<RecordedRun> Kept(ImmutableArray<RecordedRun> runs, int keep) =>
    [
        .. runs.Where(run => !run.All.IsEmpty).Reverse().Take(keep),
        .. runs.Where((run, index) => CanBeRolledBack(run, runs[(index + 1)..])).Reverse().Take(keep),
    ];

    // Superseded runs, of which later ones have changed every file again, come back only after those.
    private static bool CanBeRolledBack(RecordedRun run, ImmutableArray<RecordedRun> later)
    {
        var changedAgain = later.SelectMany(Files).ToHashSet(RootedPaths.Comparer);
        return Files(run).Any(file => !changedAgain.Contains(file));
    }

    private static IEnumerable<string> Files(RecordedRun run) => run.Applied.SelectMany(transaction => transaction.Begin.Entries).Select(entry => entry.Path);

    private int RemoveUnreferenced(IEnumerable<RecordedRun> kept)
    {
        var referenced = kept
            .SelectMany(run => run.All)
            .SelectMany(transaction => transaction.Begin.Entries)
            .SelectMany(entry => new[] { entry.Before?.Hash, entry.After?.Hash })
            .OfType<string>()
            .Select(parts.Layout.ObjectPath)
            .ToHashSet(StringComparer.Ordinal);
        var unreferenced = Directory.EnumerateFiles(parts.Layout.Objects, "*", SearchOption.AllDirectories).Where(path => !referenced.Contains(path)).ToList();
        foreach (var path in unreferenced)
            parts.Disk.Delete(path);
        return unreferenced.Count;
    }

    private void DeleteContent(string folder)
    {
        foreach (var file in Directory.GetFiles(folder))
            parts.Disk.Delete(file);
        foreach (var inner in Directory.GetDirectories(folder))
        {
            DeleteContent(inner);
            parts.Disk.DeleteFolder(inner);
        }
    }
}
