using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>Takes a transaction back that was begun and not finished. It may itself be killed and begun again.</summary>
internal sealed class TransactionUndo(StoreParts parts, string run, Journal journal)
{
    /// <exception cref="SnapshotException">A file cannot be read or written; what is left waits for the next recovery.</exception>
    public UndoneTransaction Undo(BeginRecord begin, bool byRecovery)
    {
        var placement = new FilePlacement(parts, run, begin);
        var restored = ImmutableArray.CreateBuilder<string>();
        var conflicts = ImmutableArray.CreateBuilder<SnapshotProblem>();
        for (var i = begin.Entries.Length - 1; i >= 0; i--)
        {
            var entry = begin.Entries[i];
            if (!parts.Paths.IsStillReal(entry.Path))
            {
                conflicts.Add(Conflict(entry, "a link now stands where the file or a folder of it was"));
                continue;
            }

            placement.DropAside(i);
            switch (StateOf(entry))
            {
                case Content.Foreign:
                    conflicts.Add(Conflict(entry, "the file was changed by someone else while a transaction was cut short"));
                    break;
                case Content.After:
                    PutBack(placement, i, entry);
                    restored.Add(entry.Path);
                    break;
            }
        }

        placement.RemoveEmpty(begin.Folders);
        placement.Flush();
        journal.Append(new UndoneRecord(parts.Now, begin.Transaction, byRecovery, [.. conflicts.Select(conflict => conflict.File!)]));
        return new UndoneTransaction(
            run, begin.Transaction, begin.TakesBack is not null, begin.Stage, begin.Agent, restored.ToImmutable(), conflicts.ToImmutable());
    }

    private static void PutBack(FilePlacement placement, int index, JournalEntry entry)
    {
        if (entry.Before is { } before)
        {
            placement.WriteAside(index, before);
            placement.Rename(index);
        }
        else
        {
            placement.Delete(index);
        }
    }

    private Content StateOf(JournalEntry entry)
    {
        if (Directory.Exists(parts.Paths.FullOf(entry.Path)))
            return Content.Foreign;

        var hash = TreeFile.Read(parts.Paths, entry.Path)?.State.Hash;
        return hash == entry.Before?.Hash ? Content.Before
            : hash == entry.After?.Hash ? Content.After
            : Content.Foreign;
    }

    private SnapshotProblem Conflict(JournalEntry entry, string message) =>
        new(
            entry.Path,
            message,
            entry.Before is null
                ? "it did not exist before: keep or delete it"
                : $"it stays as it is; the original lies in {parts.Layout.ShownObject(entry.Before.Hash)}")
        {
            BeforeObject = parts.Layout.ShownObject(entry.Before?.Hash),
            AfterObject = parts.Layout.ShownObject(entry.After?.Hash),
        };

    private enum Content
    {
        Before,
        After,
        Foreign,
    }
}
