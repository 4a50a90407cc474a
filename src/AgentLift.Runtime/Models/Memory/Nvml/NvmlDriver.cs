namespace AgentLift.Runtime.Models.Memory.Nvml;

/// <summary>Asks the driver through its library. Handles stay valid for as long as the process lives; the library is never shut down.</summary>
/// <param name="nvml">The library.</param>
/// <param name="process">This process, as the driver knows it; <see langword="null"/> where that cannot be told.</param>
internal sealed class NvmlDriver(INvml nvml, uint? process) : IGpuDriver
{
    // Written once, before the first reading.
    private readonly Dictionary<string, nint> handles = new(StringComparer.Ordinal);

    public string Name => "NVML";

    public IReadOnlyList<Gpu>? List(out string? problem)
    {
        var gpus = new List<Gpu>();
        if (Failed("the driver does not answer", nvml.Initialize(), out problem) || Failed("GPUs cannot be counted", nvml.GetCount(out var count), out problem))
            return null;
        for (uint index = 0; index < count; index++)
        {
            // With one left out, those after it would be taken for others.
            if (Failed($"GPU {index} cannot be found", nvml.GetHandle(index, out var device), out problem)
                || Failed($"GPU {index} has no UUID", nvml.GetUuid(device, out var uuid), out problem)
                || Failed($"GPU {index} has no name", nvml.GetName(device, out var name), out problem)
                || Failed($"GPU {index} has no place", nvml.GetBusId(device, out var busId), out problem))
                return null;
            handles[uuid] = device;
            var hasMemory = nvml.GetMemory(device, out var memory) == NvmlStatus.Success;
            var isPartitioned = nvml.GetMigMode(device, out var enabled) == NvmlStatus.Success && enabled;
            gpus.Add(new Gpu(uuid, name, busId, hasMemory ? (long)memory.Total : null, isPartitioned, isPartitioned ? Instances(device) : []));
        }

        return [.. gpus.OrderBy(gpu => gpu.BusId, StringComparer.Ordinal)];
    }

    public DeviceMemoryReading? Read(string uuid, out string? problem)
    {
        if (!handles.TryGetValue(uuid, out var device))
        {
            problem = $"there is no {uuid}";
            return null;
        }

        // What is not free is used, by whomever: newer drivers count what they keep for themselves with neither.
        return Failed("its memory cannot be read", nvml.GetMemory(device, out var memory), out problem)
            ? null
            : new DeviceMemoryReading((long)memory.Total, (long)(memory.Total - memory.Free), OwnBytes(device));
    }

    private List<string> Instances(nint device)
    {
        var instances = new List<string>();
        if (nvml.GetMaxInstances(device, out var most) != NvmlStatus.Success)
            return instances;
        for (uint index = 0; index < most; index++)
        {
            if (nvml.GetInstance(device, index, out var instance) != NvmlStatus.Success || nvml.GetUuid(instance, out var uuid) != NvmlStatus.Success)
                continue;
            handles[uuid] = instance;
            instances.Add(uuid);
        }

        return instances;
    }

    // A driver that hides processes looks like one that has none of this process: then nothing is told.
    private long? OwnBytes(nint device)
    {
        if (process is not { } id || nvml.GetComputeProcesses(device, out var all) != NvmlStatus.Success)
            return null;
        NvmlProcess[] own = [.. all.Where(one => one.Id == id)];
        return own.Length == 0 || own.Any(one => one.UsedBytes is null) ? null : own.Sum(one => (long)one.UsedBytes!.Value);
    }

    private bool Failed(string what, NvmlStatus status, out string? problem)
    {
        problem = status == NvmlStatus.Success ? null : $"{what}: {nvml.Describe(status)}";
        return problem is not null;
    }
}
