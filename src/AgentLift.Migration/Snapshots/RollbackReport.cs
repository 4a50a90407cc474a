using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>What a rollback did, or would do.</summary>
/// <param name="Run">Id of the run; <see langword="null"/> where nothing was left to take back.</param>
/// <param name="DryRun">Whether nothing was written.</param>
/// <param name="Transactions">The transactions that are taken back, the last one first.</param>
/// <param name="Files">Their files, sorted by path.</param>
public sealed record RollbackReport(
    string? Run,
    bool DryRun,
    ImmutableArray<TransactionSummary> Transactions,
    ImmutableArray<RollbackFile> Files);

/// <summary>One file of a rollback.</summary>
/// <param name="Path">The file, relative to the root.</param>
/// <param name="Action">What happens to it.</param>
public sealed record RollbackFile(string Path, RollbackAction Action);

/// <summary>What a rollback does to a file.</summary>
public enum RollbackAction
{
    /// <summary>It gets back its bytes, mode and time stamp.</summary>
    Restored = 0,

    /// <summary>The run had deleted it; it is written again.</summary>
    Recreated = 1,

    /// <summary>The run had created it; it is deleted, with the folders that the run created for it and that are empty then.</summary>
    Deleted = 2,

    /// <summary>It has its former bytes already and is not touched.</summary>
    AsBefore = 3,

    /// <summary>It stays as it is, as the selection asks.</summary>
    Left = 4,
}
