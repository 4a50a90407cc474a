using System.Runtime.InteropServices;
using System.Text;

namespace AgentLift.Runtime.Models.Memory.Nvml;

/// <summary>NVIDIA's management library, which comes with the driver.</summary>
internal sealed class NvmlLibrary : INvml
{
    /// <summary>NVML_DEVICE_UUID_V2_BUFFER_SIZE and NVML_DEVICE_NAME_V2_BUFFER_SIZE.</summary>
    private const int TextBytes = 96;

    /// <summary>NVML_VALUE_NOT_AVAILABLE.</summary>
    private const ulong NotAvailable = ulong.MaxValue;

    private const int FirstProcesses = 64;
    private const int MostProcesses = 64 * 1024;

    // A library that lacks one of these is from before partitions.
    private static readonly bool KnowsMig =
        NvmlImports.Has("nvmlDeviceGetMigMode") && NvmlImports.Has("nvmlDeviceGetMaxMigDeviceCount") && NvmlImports.Has("nvmlDeviceGetMigDeviceHandleByIndex");

    // _v2, though there is a _v3: both fill the same structure, but that of _v3 was another one in the drivers 530.
    private static readonly bool KnowsProcesses = NvmlImports.Has("nvmlDeviceGetComputeRunningProcesses_v2");

    private NvmlLibrary()
    {
    }

    /// <returns><see langword="null"/> where the library is not there, as on machines without an NVIDIA driver, or too old.</returns>
    public static NvmlLibrary? TryLoad() => NvmlImports.Has("nvmlDeviceGetPciInfo_v3") ? new NvmlLibrary() : null;

    public NvmlStatus Initialize() => NvmlImports.Init();

    public NvmlStatus GetCount(out uint count) => NvmlImports.DeviceGetCount(out count);

    public NvmlStatus GetHandle(uint index, out nint device) => NvmlImports.DeviceGetHandleByIndex(index, out device);

    public NvmlStatus GetUuid(nint device, out string uuid)
    {
        Span<byte> text = stackalloc byte[TextBytes];
        var status = NvmlImports.DeviceGetUuid(device, text, TextBytes);
        uuid = TextOf(text);
        return status;
    }

    public NvmlStatus GetName(nint device, out string name)
    {
        Span<byte> text = stackalloc byte[TextBytes];
        var status = NvmlImports.DeviceGetName(device, text, TextBytes);
        name = TextOf(text);
        return status;
    }

    public NvmlStatus GetBusId(nint device, out string busId)
    {
        Span<byte> info = stackalloc byte[NvmlImports.PciInfoBytes];
        var status = NvmlImports.DeviceGetPciInfo(device, info);
        busId = TextOf(info[NvmlImports.PciInfoBusId..]);
        return status;
    }

    public NvmlStatus GetMemory(nint device, out NvmlMemory memory) => NvmlImports.DeviceGetMemoryInfo(device, out memory);

    public NvmlStatus GetMigMode(nint device, out bool enabled)
    {
        uint current = 0;
        var status = KnowsMig ? NvmlImports.DeviceGetMigMode(device, out current, out _) : NvmlStatus.FunctionNotFound;
        enabled = current != 0;
        return status;
    }

    public NvmlStatus GetMaxInstances(nint device, out uint count)
    {
        count = 0;
        return KnowsMig ? NvmlImports.DeviceGetMaxMigDeviceCount(device, out count) : NvmlStatus.FunctionNotFound;
    }

    public NvmlStatus GetInstance(nint device, uint index, out nint instance)
    {
        instance = 0;
        return KnowsMig ? NvmlImports.DeviceGetMigDeviceHandleByIndex(device, index, out instance) : NvmlStatus.FunctionNotFound;
    }

    public NvmlStatus GetComputeProcesses(nint device, out IReadOnlyList<NvmlProcess> processes)
    {
        processes = [];
        if (!KnowsProcesses)
            return NvmlStatus.FunctionNotFound;

        // Where there are more, it says how many; by the next call they may be more again.
        for (var room = FirstProcesses; room <= MostProcesses; room *= 4)
        {
            var infos = new NvmlImports.ProcessInfo[room];
            var count = (uint)room;
            var status = NvmlImports.DeviceGetComputeRunningProcesses(device, ref count, infos);
            if (status == NvmlStatus.InsufficientSize)
                continue;
            if (status == NvmlStatus.Success)
                processes = [.. infos.Take((int)count).Select(info => new NvmlProcess(info.Id, info.UsedBytes == NotAvailable ? null : info.UsedBytes))];
            return status;
        }

        return NvmlStatus.InsufficientSize;
    }

    public string Describe(NvmlStatus status) => Marshal.PtrToStringUTF8(NvmlImports.ErrorString(status)) ?? $"error {(int)status}";

    private static string TextOf(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }
}
