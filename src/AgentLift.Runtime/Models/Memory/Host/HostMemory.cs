namespace AgentLift.Runtime.Models.Memory.Host;

/// <summary>The memory of the host, as far as this process may take it.</summary>
/// <param name="measure">Tells how much there is, and how much of it could be had now.</param>
internal sealed class HostMemory(Func<HostCapacity?> measure)
{
    public static HostMemory OfThisMachine() => new(OperatingSystem.IsLinux() ? () => LinuxMemory.Measure("/") : OfCollector);

    /// <returns><see langword="null"/> where it cannot be read.</returns>
    public DeviceMemoryReading? Read()
    {
        try
        {
            return (measure() ?? OfCollector()) is { } capacity
                ? new DeviceMemoryReading(capacity.TotalBytes, capacity.TotalBytes - capacity.AvailableBytes, Environment.WorkingSet)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // What the garbage collector knows, as of its last collection. Its total is its own limit where one is set, and three quarters of a container's: models, which
    // lie beside its heap, may take more, so that this is for systems that tell nothing better.
    private static HostCapacity? OfCollector()
    {
        var known = GC.GetGCMemoryInfo();
        return known.TotalAvailableMemoryBytes > 0
            ? new HostCapacity(known.TotalAvailableMemoryBytes, Math.Clamp(known.TotalAvailableMemoryBytes - known.MemoryLoadBytes, 0, known.TotalAvailableMemoryBytes))
            : null;
    }
}

/// <summary>How much memory there is for a process.</summary>
/// <param name="TotalBytes">All that it may take.</param>
/// <param name="AvailableBytes">What of it could be had now, without swapping; 0 to <paramref name="TotalBytes"/>.</param>
internal readonly record struct HostCapacity(long TotalBytes, long AvailableBytes)
{
    /// <summary>Both limits hold: the lower total, and the lower rest.</summary>
    public HostCapacity Within(HostCapacity other)
    {
        var total = Math.Min(TotalBytes, other.TotalBytes);
        return new(total, Math.Clamp(Math.Min(AvailableBytes, other.AvailableBytes), 0, total));
    }
}
