using System.Globalization;

namespace AgentLift.Runtime.Models.Memory.Host;

/// <summary>What the kernel says of memory: /proc/meminfo, within the limits of the control groups.</summary>
internal static class LinuxMemory
{
    private const long Kibibyte = 1024;

    /// <param name="root">Where the file system begins.</param>
    /// <returns><see langword="null"/> where the kernel does not tell.</returns>
    public static HostCapacity? Measure(string root)
    {
        var lines = File.ReadAllLines(Path.Combine(root, "proc/meminfo"));
        return Of(lines, "MemTotal:") is { } total && Of(lines, "MemAvailable:") is { } available
            ? ControlGroups.Limits(root).Aggregate(new HostCapacity(total, Math.Min(available, total)), (capacity, limit) => capacity.Within(limit))
            : null;
    }

    // As "MemTotal:       24684092 kB".
    private static long? Of(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var number, "kB"]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes)
            ? kibibytes * Kibibyte
            : null;
}
