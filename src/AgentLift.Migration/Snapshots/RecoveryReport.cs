using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>What recovery found and undid.</summary>
/// <param name="Undone">Transactions and rollbacks that had been cut short.</param>
public sealed record RecoveryReport(ImmutableArray<UndoneTransaction> Undone)
{
    /// <summary>Files that someone else has changed meanwhile, and that were therefore left as they are.</summary>
    public ImmutableArray<SnapshotProblem> Conflicts { get; } = [.. Undone.SelectMany(transaction => transaction.Conflicts)];
}

/// <summary>A transaction or rollback that was undone.</summary>
/// <param name="Run">Id of the run.</param>
/// <param name="Number">Number of the transaction within the run.</param>
/// <param name="IsRollback">Whether it was a rollback; undone, the run stands again.</param>
/// <param name="Stage">The stage; <see langword="null"/> for a rollback of all stages.</param>
/// <param name="Agent">The agent or project; <see langword="null"/> for a rollback of all agents.</param>
/// <param name="Restored">Files that were written back or deleted, relative to the root.</param>
/// <param name="Conflicts">Files that were left as they are.</param>
public sealed record UndoneTransaction(
    string Run,
    int Number,
    bool IsRollback,
    string? Stage,
    string? Agent,
    ImmutableArray<string> Restored,
    ImmutableArray<SnapshotProblem> Conflicts);
