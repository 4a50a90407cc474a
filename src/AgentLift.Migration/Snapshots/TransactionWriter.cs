namespace AgentLift.Migration.Snapshots;

/// <summary>Carries out one journalled transaction, or undoes it where it cannot.</summary>
internal sealed class TransactionWriter(StoreParts parts, string run, Journal journal)
{
    /// <param name="begin">What to do; all objects that it names are stored.</param>
    /// <param name="emptied">Folders that are removed where they are empty at the end, parents first.</param>
    /// <exception cref="SnapshotException">It failed; the tree is as before unless recovery is needed.</exception>
    public void Write(BeginRecord begin, IReadOnlyList<string> emptied)
    {
        try
        {
            journal.Append(begin);
        }
        catch (SnapshotException failure)
        {
            // It may have reached the disk all the same.
            throw new SnapshotException(failure.Problems, failure) { NeedsRecovery = true };
        }

        try
        {
            PutInPlace(new FilePlacement(parts, run, begin), begin, emptied);
            journal.Append(new CommitRecord(parts.Now, begin.Transaction));
        }
        catch (Exception failure)
        {
            var undone = Undo(begin, failure);
            if (failure is SnapshotException refused && undone.Conflicts.Length > 0)
                throw new SnapshotException([.. refused.Problems, .. undone.Conflicts], failure);
            throw;
        }
    }

    private void PutInPlace(FilePlacement placement, BeginRecord begin, IReadOnlyList<string> emptied)
    {
        // All bytes first: a full disk is met before any file has changed.
        for (var i = 0; i < begin.Entries.Length; i++)
        {
            if (begin.Entries[i].After is { } after)
                placement.WriteAside(i, after);
        }

        for (var i = 0; i < begin.Entries.Length; i++)
        {
            var entry = begin.Entries[i];
            // Someone may have saved the file since it was first looked at.
            if (!parts.Paths.IsStillReal(entry.Path) || TreeFile.Read(parts.Paths, entry.Path)?.State.Hash != entry.Before?.Hash)
                throw new SnapshotException(TransactionProblems.Changed(entry.Path));
            if (entry.After is null)
                placement.Delete(i);
            else
                placement.Rename(i);
        }

        placement.RemoveEmpty(emptied);
        placement.Flush();
    }

    private UndoneTransaction Undo(BeginRecord begin, Exception failure)
    {
        try
        {
            return new TransactionUndo(parts, run, journal).Undo(begin, byRecovery: false);
        }
        catch (Exception second)
        {
            throw new SnapshotException(
                new SnapshotProblem(null, $"{failure.Message}; undoing it failed too: {second.Message}", "remove the cause and start the tool again: it recovers first"),
                failure)
            {
                NeedsRecovery = true,
            };
        }
    }
}
