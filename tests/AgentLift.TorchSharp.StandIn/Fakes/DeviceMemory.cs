using System.Runtime.InteropServices;

namespace TorchSharp.StandIn;

/// <summary>The memory of devices: what is allocated, and how much there is.</summary>
public static class DeviceMemory
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, long> Used = [];
    private static readonly Dictionary<string, long> Capacities = [];

    /// <summary>How many GPUs CUDA shows.</summary>
    public static int CudaDevices { get; set; } = 1;

    /// <summary>Faults that would have ended the process.</summary>
    public static List<string> FatalFaults { get; } = [];

    /// <summary>Bytes that are allocated on a device.</summary>
    public static long Allocated(string device)
    {
        lock (Gate)
            return Used.GetValueOrDefault(device);
    }

    /// <summary>Limits a device.</summary>
    public static void SetCapacity(string device, long bytes)
    {
        lock (Gate)
            Capacities[device] = bytes;
    }

    internal static void Reset()
    {
        lock (Gate)
        {
            Used.Clear();
            Capacities.Clear();
        }

        CudaDevices = 1;
        FatalFaults.Clear();
    }

    internal static void Allocate(string device, long bytes)
    {
        lock (Gate)
        {
            var used = Used.GetValueOrDefault(device);
            if (used + bytes > Capacities.GetValueOrDefault(device, long.MaxValue))
                throw new ExternalException(OutOfMemory(device, bytes));
            Used[device] = used + bytes;
        }
    }

    internal static void Free(string device, long bytes)
    {
        lock (Gate)
            Used[device] = Used.GetValueOrDefault(device) - bytes;
    }

    /// <summary>An error in native code that catches nothing.</summary>
    internal static ProcessEndedException End(Exception cause)
    {
        FatalFaults.Add(cause.Message);
        return new ProcessEndedException(cause.Message);
    }

    private static string OutOfMemory(string device, long bytes) => device == "cpu"
        ? $"[enforce fail at alloc_cpu.cpp:75] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate {bytes} bytes. Error code 12 (Cannot allocate memory)"
        : $"CUDA out of memory. Tried to allocate {bytes / 1048576.0:F2} MiB. GPU {device[^1]} has a total capacity of which 0 bytes is free.";
}

/// <summary>The process would have ended with SIGABRT: <c>terminate called after throwing an instance of 'c10::Error'</c>.</summary>
/// <param name="what">What native code threw.</param>
public sealed class ProcessEndedException(string what) : Exception($"terminate called after throwing an instance of 'c10::Error'\n  what(): {what}");
