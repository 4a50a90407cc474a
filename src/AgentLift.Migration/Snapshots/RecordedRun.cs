using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>What never changes about a run. How it stands follows from its journal alone.</summary>
/// <param name="Format">Version of the store's format.</param>
/// <param name="Id">The id, which is also the folder's name.</param>
/// <param name="Number">Order of the runs, which outlives a clock that is set back.</param>
/// <param name="Started">When it was begun, in UTC.</param>
/// <param name="Info">The command that started it.</param>
internal sealed record RunManifest(int Format, string Id, int Number, DateTimeOffset Started, RunInfo Info);

/// <summary>A begun transaction or rollback and how it stands.</summary>
internal sealed record RecordedTransaction(BeginRecord Begin, TransactionState State)
{
    public bool IsRollback => Begin.TakesBack is not null;

    public TransactionSummary Summary => new(
        Begin.Transaction, Begin.Stage ?? string.Empty, Begin.Agent ?? string.Empty, Begin.At, State, [.. Begin.Entries.Select(entry => entry.Path)]);
}

/// <summary>A run as its manifest and journal tell it.</summary>
/// <param name="Manifest">What never changes.</param>
/// <param name="All">Transactions and rollbacks, in order.</param>
/// <param name="IsComplete">Whether it has ended by itself.</param>
/// <param name="Changed">When the journal last grew.</param>
internal sealed record RecordedRun(RunManifest Manifest, ImmutableArray<RecordedTransaction> All, bool IsComplete, DateTimeOffset Changed)
{
    public string Id => Manifest.Id;

    /// <summary>Transactions that stand.</summary>
    public IEnumerable<RecordedTransaction> Applied => All.Where(transaction => transaction is { IsRollback: false, State: TransactionState.Applied });

    public IEnumerable<RecordedTransaction> Unfinished => All.Where(transaction => transaction.State == TransactionState.Unfinished);

    public static RecordedRun Of(RunManifest manifest, ImmutableArray<JournalRecord> records)
    {
        var all = new List<RecordedTransaction>();
        foreach (var record in records)
        {
            switch (record)
            {
                case BeginRecord begin:
                    all.Add(new RecordedTransaction(begin, TransactionState.Unfinished));
                    break;
                case CommitRecord commit:
                    Set(all, commit.Transaction, TransactionState.Applied);
                    break;
                // The later record counts: where a commit could not be flushed, its transaction was undone after it.
                case UndoneRecord undone:
                    Set(all, undone.Transaction, undone.ByRecovery ? TransactionState.Recovered : TransactionState.Failed);
                    break;
            }
        }

        foreach (var back in all.Where(transaction => transaction is { IsRollback: true, State: TransactionState.Applied }).ToList())
        {
            foreach (var number in back.Begin.TakesBack!.Value)
                Set(all, number, TransactionState.RolledBack);
        }

        return new RecordedRun(manifest, [.. all], records.Any(record => record is CompleteRecord), records.IsEmpty ? manifest.Started : records[^1].At);
    }

    public RunSummary Summary() => new(
        Id, Manifest.Started, Changed, Manifest.Info, State, [.. All.Where(transaction => !transaction.IsRollback).Select(transaction => transaction.Summary)]);

    private RunState State =>
        Unfinished.Any() ? RunState.NeedsRecovery
        : All.Any(transaction => transaction.State == TransactionState.RolledBack) ? (Applied.Any() ? RunState.PartlyRolledBack : RunState.RolledBack)
        : IsComplete ? RunState.Applied
        : All.Any(transaction => transaction is { IsRollback: false, State: TransactionState.Recovered }) ? RunState.Recovered
        : RunState.Open;

    private static void Set(List<RecordedTransaction> all, int number, TransactionState state)
    {
        var index = all.FindIndex(transaction => transaction.Begin.Transaction == number);
        all[index] = all[index] with { State = state };
    }
}
