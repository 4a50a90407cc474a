using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>What to take back. All conditions must hold; with none, the last run that still stands is taken back.</summary>
public sealed record RollbackSelection
{
    /// <summary>Id of the run, or <see langword="null"/> for the last one of which something selected still stands.</summary>
    public string? Run { get; init; }

    /// <summary>The stage, or <see langword="null"/> for all.</summary>
    public string? Stage { get; init; }

    /// <summary>The agent or project, or <see langword="null"/> for all.</summary>
    public string? Agent { get; init; }

    /// <summary>Files that stay as they are, because a person has merged them by hand; relative to the root or absolute. Default: none.</summary>
    public ImmutableArray<string> Leave { get; init; } = [];

    /// <summary>
    /// Whether restored files bear the time of the rollback instead of their former one. A build that ran since the migration has
    /// outputs that are newer than the former times, and would take them for current. Default: no.
    /// </summary>
    public bool NewTimeStamps { get; init; }

    internal bool Includes(RecordedTransaction transaction) =>
        (Stage is null || Stage == transaction.Begin.Stage) && (Agent is null || Agent == transaction.Begin.Agent);
}
