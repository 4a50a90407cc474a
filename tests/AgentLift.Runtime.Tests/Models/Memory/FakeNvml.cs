using AgentLift.Runtime.Models.Memory.Nvml;

namespace AgentLift.Runtime.Tests.Models.Memory;

/// <summary>The library of a driver that has the GPUs that the test gives it. A handle is the place in the list, plus one; an instance's is a thousand more.</summary>
internal sealed class FakeNvml(params FakeNvml.Device[] devices) : INvml
{
    private const int FirstInstance = 1000;

    public NvmlStatus Start { get; set; }

    public int Lists { get; private set; }

    public NvmlStatus Initialize() => Start;

    public NvmlStatus GetCount(out uint count)
    {
        Lists++;
        count = (uint)devices.Length;
        return NvmlStatus.Success;
    }

    public NvmlStatus GetHandle(uint index, out nint device)
    {
        device = (nint)index + 1;
        return devices[index].Found;
    }

    public NvmlStatus GetUuid(nint device, out string uuid)
    {
        uuid = device > FirstInstance ? devices[0].Instances[(int)device - FirstInstance - 1]! : Of(device).Uuid;
        return NvmlStatus.Success;
    }

    public NvmlStatus GetName(nint device, out string name)
    {
        name = "NVIDIA A100";
        return NvmlStatus.Success;
    }

    public NvmlStatus GetBusId(nint device, out string busId)
    {
        busId = Of(device).BusId;
        return NvmlStatus.Success;
    }

    public NvmlStatus GetMemory(nint device, out NvmlMemory memory)
    {
        memory = device > FirstInstance ? new NvmlMemory(10, 7, 3) : Of(device).Memory;
        return device > FirstInstance ? NvmlStatus.Success : Of(device).MemoryStatus;
    }

    public NvmlStatus GetMigMode(nint device, out bool enabled)
    {
        enabled = Of(device).Instances.Length > 0;
        return enabled ? NvmlStatus.Success : NvmlStatus.NotSupported;
    }

    public NvmlStatus GetMaxInstances(nint device, out uint count)
    {
        count = (uint)Of(device).Instances.Length;
        return NvmlStatus.Success;
    }

    public NvmlStatus GetInstance(nint device, uint index, out nint instance)
    {
        instance = FirstInstance + 1 + (nint)index;
        return Of(device).Instances[index] is null ? NvmlStatus.NotFound : NvmlStatus.Success;
    }

    public NvmlStatus GetComputeProcesses(nint device, out IReadOnlyList<NvmlProcess> processes)
    {
        processes = device > FirstInstance ? [] : Of(device).Processes ?? [];
        return device > FirstInstance || Of(device).Processes is null ? NvmlStatus.NotSupported : NvmlStatus.Success;
    }

    public string Describe(NvmlStatus status) => status.ToString();

    private Device Of(nint device) => devices[(int)device - 1];

    /// <summary>A GPU of the fake driver, which the test may change.</summary>
    internal sealed class Device(string uuid, string busId)
    {
        public string Uuid => uuid;

        public string BusId => busId;

        public NvmlStatus Found { get; init; }

        public NvmlMemory Memory { get; set; } = new(80_000, 60_000, 19_000);

        public NvmlStatus MemoryStatus { get; set; }

        /// <summary>The UUIDs of its instances, with <see langword="null"/> for a place without one; empty where it is not partitioned.</summary>
        public string?[] Instances { get; init; } = [];

        /// <summary><see langword="null"/> where the driver does not tell them.</summary>
        public IReadOnlyList<NvmlProcess>? Processes { get; set; }
    }
}
