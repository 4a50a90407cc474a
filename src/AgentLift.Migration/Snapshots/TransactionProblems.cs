namespace AgentLift.Migration.Snapshots;

/// <summary>Why a file cannot be changed.</summary>
internal static class TransactionProblems
{
    public static SnapshotProblem Changed(string file) =>
        new(file, "the file was changed by someone else since it was read", "run again, so that the work starts from its present content");

    public static SnapshotProblem ReadOnly(string file) =>
        new(file, "the file is read-only", "make it writable if it is yours to change, or leave it out, then run again");

    public static SnapshotProblem Twice(string file) =>
        new(file, "two changes of one transaction lead to this file", "put them together into one change");
}
