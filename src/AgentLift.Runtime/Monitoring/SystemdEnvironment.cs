using System.Globalization;

namespace AgentLift.Runtime.Monitoring;

/// <summary>What systemd says to a process that it starts, by the conventions of sd_notify(3) and sd_watchdog_enabled(3).</summary>
/// <param name="NotifySocket">NOTIFY_SOCKET: where to tell; <see langword="null"/> where nobody listens.</param>
/// <param name="WatchdogMicroseconds">WATCHDOG_USEC: after how long without a word the process is taken for dead.</param>
/// <param name="WatchdogProcess">WATCHDOG_PID: which process is meant; <see langword="null"/> for any.</param>
/// <param name="Process">The id of this process.</param>
internal sealed record SystemdEnvironment(string? NotifySocket, string? WatchdogMicroseconds, string? WatchdogProcess, int Process)
{
    /// <summary>How often to answer the watchdog, twice as often as it looks; <see langword="null"/> where there is none.</summary>
    public TimeSpan? WatchdogPeriod =>
        long.TryParse(WatchdogMicroseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 2
        && (string.IsNullOrEmpty(WatchdogProcess) || WatchdogProcess == Process.ToString(CultureInfo.InvariantCulture))
        && limit / 2 <= Longest
            ? TimeSpan.FromMicroseconds(limit / 2)
            : null;

    // What a delay can be. A watchdog that looks once in weeks is as good as none.
    private static long Longest => (long)TimeSpan.FromMilliseconds(int.MaxValue).TotalMicroseconds;

    public static SystemdEnvironment OfThisProcess() => new(
        Environment.GetEnvironmentVariable("NOTIFY_SOCKET"),
        Environment.GetEnvironmentVariable("WATCHDOG_USEC"),
        Environment.GetEnvironmentVariable("WATCHDOG_PID"),
        Environment.ProcessId);
}
