namespace AgentLift.Migration.Snapshots;

/// <summary>Turns what the operating system refuses into a problem that names the file.</summary>
internal static class DiskFailure
{
    public static bool Is(Exception failure) => failure is IOException or UnauthorizedAccessException;

    public static SnapshotException Of(string file, Exception failure) =>
        new(
            new SnapshotProblem(
                file,
                $"the file cannot be written: {failure.Message}",
                failure is UnauthorizedAccessException
                    ? "give yourself write permission for the file and its folder, then run again"
                    : "free space on the disk and close programs that hold the file, then run again"),
            failure);
}
