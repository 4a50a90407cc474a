using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>The changes of a transaction, checked against the tree as it is. Nothing has been written yet.</summary>
/// <param name="Entries">The changes that change something.</param>
/// <param name="Contents">The bytes before and after, each with the file that it belongs to.</param>
internal sealed record TransactionPreparation(
    ImmutableArray<JournalEntry> Entries,
    ImmutableArray<(string File, string Hash, ReadOnlyMemory<byte> Bytes)> Contents)
{
    /// <exception cref="SnapshotException">At least one file cannot be changed; all of them are named.</exception>
    public static TransactionPreparation Of(RootedPaths paths, IEnumerable<FileChange> changes)
    {
        var entries = ImmutableArray.CreateBuilder<JournalEntry>();
        var contents = ImmutableArray.CreateBuilder<(string, string, ReadOnlyMemory<byte>)>();
        var problems = ImmutableArray.CreateBuilder<SnapshotProblem>();
        var seen = new HashSet<string>(RootedPaths.Comparer);
        foreach (var change in changes)
        {
            try
            {
                var file = paths.Resolve(change.Path);
                if (!seen.Add(file))
                    throw new SnapshotException(TransactionProblems.Twice(file));

                var before = TreeFile.Read(paths, file);
                if (Entry(paths, file, change, before) is not { } entry)
                    continue;

                entries.Add(entry);
                if (before is not null)
                    contents.Add((file, before.State.Hash, before.Bytes));
                if (entry.After is { } after)
                    contents.Add((file, after.Hash, change.Content!.Value));
            }
            catch (SnapshotException refused)
            {
                problems.AddRange(refused.Problems);
            }
        }

        return problems.Count == 0
            ? new TransactionPreparation(entries.ToImmutable(), contents.ToImmutable())
            : throw new SnapshotException(problems.ToImmutable());
    }

    /// <summary>Stores all bytes, durably.</summary>
    /// <exception cref="SnapshotException">The disk is full or the store cannot be written.</exception>
    public void Store(ObjectStore objects)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        var current = StoreLayout.FolderName;
        try
        {
            foreach (var (file, hash, bytes) in Contents)
            {
                current = file;
                objects.Put(hash, bytes.Span, folders);
            }

            objects.Flush(folders);
        }
        catch (Exception failure) when (DiskFailure.Is(failure))
        {
            throw DiskFailure.Of(current, failure);
        }
    }

    private static JournalEntry? Entry(RootedPaths paths, string file, FileChange change, TreeFile? before)
    {
        if (before?.State.Hash != change.BasedOn)
            throw new SnapshotException(TransactionProblems.Changed(file));

        var after = change.Content is { } content ? new FileState(ContentHash.Of(content.Span), before?.State.Mode, null) : null;
        if (after?.Hash == before?.State.Hash)
            return null;

        return before is not null && TreeFile.IsReadOnly(paths, file, before.State)
            ? throw new SnapshotException(TransactionProblems.ReadOnly(file))
            : new JournalEntry(file, before?.State, after);
    }
}
