namespace AgentLift.Runtime.Models.Memory.Nvml;

/// <summary>By which id the driver knows this process.</summary>
internal static class DriverProcess
{
    // PROC_PID_INIT_INO of Linux: the name of the first namespace of process ids is the same on every machine.
    private const string FirstNamespace = "pid:[4026531836]";
    private const string OwnNamespace = "/proc/self/ns/pid";

    /// <summary>
    /// The driver counts processes as the machine does. In a container that counts for itself, the same number is another process, so that there it is not told.
    /// </summary>
    public static uint? OfThisProcess() =>
        !OperatingSystem.IsLinux() || NamespaceOf(OwnNamespace) == FirstNamespace ? (uint)Environment.ProcessId : null;

    private static string? NamespaceOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
