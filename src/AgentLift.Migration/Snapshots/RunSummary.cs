using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>One run, as a list of runs shows it.</summary>
/// <param name="Id">Start time and four random digits, such as <c>20261121-154501-7f3a</c>.</param>
/// <param name="Started">When it was begun, in UTC.</param>
/// <param name="Changed">When its journal last grew: the last write, its end, or a rollback.</param>
/// <param name="Info">The command that started it.</param>
/// <param name="State">How it stands now.</param>
/// <param name="Transactions">Its transactions, in the order in which they were applied.</param>
public sealed record RunSummary(
    string Id,
    DateTimeOffset Started,
    DateTimeOffset Changed,
    RunInfo Info,
    RunState State,
    ImmutableArray<TransactionSummary> Transactions)
{
    /// <summary>The stages of all transactions, each once.</summary>
    public ImmutableArray<string> Stages { get; } = [.. Transactions.Select(transaction => transaction.Stage).Distinct()];

    /// <summary>The agents or projects of all transactions, each once.</summary>
    public ImmutableArray<string> Agents { get; } = [.. Transactions.Select(transaction => transaction.Agent).Distinct()];

    /// <summary>The files of all transactions relative to the root, each once, sorted.</summary>
    public ImmutableArray<string> Files { get; } =
        [.. Transactions.SelectMany(transaction => transaction.Files).Distinct().Order(StringComparer.Ordinal)];
}

/// <summary>One stage of one agent or project: what is applied as a whole or not at all.</summary>
/// <param name="Number">Its number within the run, from 1.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Agent">The agent or project.</param>
/// <param name="At">When it was begun, in UTC.</param>
/// <param name="State">How it stands now.</param>
/// <param name="Files">The files that it changed, relative to the root.</param>
public sealed record TransactionSummary(
    int Number,
    string Stage,
    string Agent,
    DateTimeOffset At,
    TransactionState State,
    ImmutableArray<string> Files);

/// <summary>How a run stands.</summary>
public enum RunState
{
    /// <summary>Not ended: at work now, or stopped between two transactions. What it wrote stands.</summary>
    Open = 0,

    /// <summary>Ended; what it wrote stands.</summary>
    Applied = 1,

    /// <summary>Everything that it wrote was taken back.</summary>
    RolledBack = 2,

    /// <summary>A part of what it wrote was taken back.</summary>
    PartlyRolledBack = 3,

    /// <summary>Killed in the middle of a transaction, which recovery has undone; the transactions before it stand.</summary>
    Recovered = 4,

    /// <summary>In the middle of a transaction or a rollback: of a process at work now, or cut short and waiting for <see cref="SnapshotStore.Recover"/>.</summary>
    NeedsRecovery = 5,
}

/// <summary>How a transaction stands.</summary>
public enum TransactionState
{
    /// <summary>Begun, neither finished nor undone: waits for <see cref="SnapshotStore.Recover"/>.</summary>
    Unfinished = 0,

    /// <summary>What it wrote stands.</summary>
    Applied = 1,

    /// <summary>Taken back by a rollback.</summary>
    RolledBack = 2,

    /// <summary>It failed and was undone at once.</summary>
    Failed = 3,

    /// <summary>It was cut short and undone by recovery.</summary>
    Recovered = 4,
}
