using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>Something was refused or failed; the tree is as it was before, unless <see cref="NeedsRecovery"/> says otherwise.</summary>
public sealed class SnapshotException : Exception
{
    /// <summary>Creates the exception from one problem.</summary>
    /// <param name="problem">What is wrong and what to do.</param>
    /// <param name="cause">What the operating system said, or <see langword="null"/>.</param>
    public SnapshotException(SnapshotProblem problem, Exception? cause = null)
        : this([problem], cause)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="problems">What is wrong and what to do; at least one.</param>
    /// <param name="cause">What the operating system said, or <see langword="null"/>.</param>
    public SnapshotException(ImmutableArray<SnapshotProblem> problems, Exception? cause = null)
        : base(string.Join('\n', problems), cause) => Problems = problems;

    /// <summary>What is wrong and what to do, one for each file that stands in the way.</summary>
    public ImmutableArray<SnapshotProblem> Problems { get; }

    /// <summary>Whether a transaction is left half way and waits for <see cref="SnapshotStore.Recover"/>. Default: no, the tree is as before.</summary>
    public bool NeedsRecovery { get; init; }
}

/// <summary>One thing that stands in the way.</summary>
/// <param name="File">The file relative to the root, or a path of the store; <see langword="null"/> where no single file is meant.</param>
/// <param name="Message">What is wrong, without the file.</param>
/// <param name="NextStep">What to do about it.</param>
public sealed record SnapshotProblem(string? File, string Message, string NextStep)
{
    /// <summary>The copy of the file as it was before the run, relative to the root; <see langword="null"/> where it plays no part or the file did not exist.</summary>
    public string? BeforeObject { get; init; }

    /// <summary>The copy of the file as the run left it, relative to the root; <see langword="null"/> where it plays no part or the run deleted the file.</summary>
    public string? AfterObject { get; init; }

    /// <summary>File, message and next step in one line.</summary>
    public override string ToString() => File is null ? $"{Message}; {NextStep}" : $"{File}: {Message}; {NextStep}";
}
