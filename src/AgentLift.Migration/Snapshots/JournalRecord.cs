using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AgentLift.Migration.Snapshots;

/// <summary>One line of a run's journal.</summary>
/// <param name="At">When it was written, in UTC.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BeginRecord), "begin")]
[JsonDerivedType(typeof(CommitRecord), "commit")]
[JsonDerivedType(typeof(UndoneRecord), "undone")]
[JsonDerivedType(typeof(CompleteRecord), "complete")]
internal abstract record JournalRecord(DateTimeOffset At);

/// <summary>Everything that is about to change, and all that is needed to undo it.</summary>
/// <param name="At">When it was written, in UTC.</param>
/// <param name="Transaction">Number within the run, from 1.</param>
/// <param name="Stage">The stage, or <see langword="null"/> for a rollback of all.</param>
/// <param name="Agent">The agent or project, or <see langword="null"/> for a rollback of all.</param>
/// <param name="TakesBack">Numbers of the transactions that a rollback takes back; <see langword="null"/> where this is none.</param>
/// <param name="Entries">The files. The place in this list is part of the temporary name.</param>
/// <param name="Folders">Folders that are created, parents first.</param>
internal sealed record BeginRecord(
    DateTimeOffset At,
    int Transaction,
    string? Stage,
    string? Agent,
    ImmutableArray<int>? TakesBack,
    ImmutableArray<JournalEntry> Entries,
    ImmutableArray<string> Folders) : JournalRecord(At);

/// <summary>One file of a transaction.</summary>
/// <param name="Path">The real file, relative to the root and with slashes.</param>
/// <param name="Before">What it was, or <see langword="null"/> where it did not exist.</param>
/// <param name="After">What it becomes, or <see langword="null"/> where it is deleted.</param>
internal sealed record JournalEntry(string Path, FileState? Before, FileState? After);

/// <summary>A transaction is in place as a whole.</summary>
internal sealed record CommitRecord(DateTimeOffset At, int Transaction) : JournalRecord(At);

/// <summary>A transaction was undone.</summary>
/// <param name="At">When it was written, in UTC.</param>
/// <param name="Transaction">Number of the transaction.</param>
/// <param name="ByRecovery">Whether recovery did it; otherwise the transaction failed.</param>
/// <param name="Conflicts">Files that someone else had changed.</param>
internal sealed record UndoneRecord(DateTimeOffset At, int Transaction, bool ByRecovery, ImmutableArray<string> Conflicts) : JournalRecord(At);

/// <summary>The run has ended by itself.</summary>
internal sealed record CompleteRecord(DateTimeOffset At) : JournalRecord(At);
