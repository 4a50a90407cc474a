namespace AgentLift.Migration.Snapshots;

/// <summary>Turns what the operating system refuses into a problem that names the file.</summary>
internal static class DiskFailure
{
    public static bool Is(Exception failure) => failure is IOException or UnauthorizedAccessException;

    public static SnapshotException Of(string file, Exception failure) =>
        new(new SnapshotProblem(file, $"the file cannot be written: {failure.Message}", NextStepAfter(failure)), failure);

    private static string NextStepAfter(Exception failure) => failure switch
    {
        UnauthorizedAccessException => "give yourself write permission for the file and its folder, then run again",
        { HResult: ReadOnlyOnUnix or ReadOnlyOnWindows } => "make the file system writable, then run again",
        { HResult: FullOnUnix or QuotaOnLinux or FullOnWindows } => "free space on the disk, then run again",
        _ => "free space on the disk and close programs that hold the file, then run again",
    };

    // On Unix, .NET passes the number of the system on; on Windows it is an HRESULT.
    private const int FullOnUnix = 28;
    private const int ReadOnlyOnUnix = 30;
    private const int QuotaOnLinux = 122;
    private const int FullOnWindows = unchecked((int)0x80070070);
    private const int ReadOnlyOnWindows = unchecked((int)0x80070013);
}
