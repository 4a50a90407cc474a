namespace AgentLift.Migration.ParallelRun;

/// <summary>Finds out whether a process has started others, whose memory its own figures do not hold.</summary>
internal static class ChildProcesses
{
    /// <summary>Whether it has children now. Only Linux tells cheaply; elsewhere, and where it may not be asked, the answer is no.</summary>
    public static bool Has(int process)
    {
        try
        {
            return OperatingSystem.IsLinux()
                && Directory.EnumerateDirectories($"/proc/{process}/task").Any(thread => File.ReadAllText(Path.Combine(thread, "children")).Length > 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It, or a thread of it, has just ended, or the kernel was built without this.
            return false;
        }
    }
}
