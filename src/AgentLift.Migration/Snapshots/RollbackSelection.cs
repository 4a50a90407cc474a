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

    internal bool Includes(RecordedTransaction transaction) =>
        (Stage is null || Stage == transaction.Begin.Stage) && (Agent is null || Agent == transaction.Begin.Agent);
}
