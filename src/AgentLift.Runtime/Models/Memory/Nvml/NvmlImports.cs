using System.Runtime.InteropServices;

namespace AgentLift.Runtime.Models.Memory.Nvml;

/// <summary>The functions of the library, as its header nvml.h declares them.</summary>
internal static partial class NvmlImports
{
    private const string Library = "nvml";

    // The driver of Windows brings it to the system's folder, older ones to one of their own. Nowhere else is looked: a file beside the program is no driver.
    private static readonly string[] Names = OperatingSystem.IsWindows()
        ?
        [
            Path.Combine(Environment.SystemDirectory, "nvml.dll"),
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "NVIDIA Corporation", "NVSMI", "nvml.dll"),
        ]
        : ["libnvidia-ml.so.1"];

    private static readonly Lazy<nint> Loaded = new(Load);

    /// <summary>Whether the library is there and has a function: older ones lack some. What is called and not there throws.</summary>
    public static bool Has(string function) => Loaded.Value != 0 && NativeLibrary.TryGetExport(Loaded.Value, function, out _);

    [LibraryImport(Library, EntryPoint = "nvmlInit_v2")]
    public static partial NvmlStatus Init();

    [LibraryImport(Library, EntryPoint = "nvmlErrorString")]
    public static partial nint ErrorString(NvmlStatus status);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetCount_v2")]
    public static partial NvmlStatus DeviceGetCount(out uint count);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByIndex_v2")]
    public static partial NvmlStatus DeviceGetHandleByIndex(uint index, out nint device);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetUUID")]
    public static partial NvmlStatus DeviceGetUuid(nint device, Span<byte> uuid, uint length);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetName")]
    public static partial NvmlStatus DeviceGetName(nint device, Span<byte> name, uint length);

    /// <param name="device">The device.</param>
    /// <param name="info">Room for nvmlPciInfo_t, <see cref="PciInfoBytes"/>.</param>
    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetPciInfo_v3")]
    public static partial NvmlStatus DeviceGetPciInfo(nint device, Span<byte> info);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetMemoryInfo")]
    public static partial NvmlStatus DeviceGetMemoryInfo(nint device, out NvmlMemory memory);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetMigMode")]
    public static partial NvmlStatus DeviceGetMigMode(nint device, out uint current, out uint pending);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetMaxMigDeviceCount")]
    public static partial NvmlStatus DeviceGetMaxMigDeviceCount(nint device, out uint count);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetMigDeviceHandleByIndex")]
    public static partial NvmlStatus DeviceGetMigDeviceHandleByIndex(nint device, uint index, out nint instance);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetComputeRunningProcesses_v2")]
    public static partial NvmlStatus DeviceGetComputeRunningProcesses(nint device, ref uint count, Span<ProcessInfo> infos);

    /// <summary>The size of nvmlPciInfo_t: 16 bytes of text, five numbers of 32 bits, 32 bytes of text.</summary>
    public const int PciInfoBytes = 16 + (5 * sizeof(uint)) + 32;

    /// <summary>Where the text of its busId begins.</summary>
    public const int PciInfoBusId = 16 + (5 * sizeof(uint));

    private static nint Load()
    {
        foreach (var name in Names)
        {
            if (!NativeLibrary.TryLoad(name, out var handle))
                continue;
            NativeLibrary.SetDllImportResolver(typeof(NvmlImports).Assembly, (wanted, _, _) => wanted == Library ? handle : 0);
            return handle;
        }

        return 0;
    }

    /// <summary>nvmlProcessInfo_v2_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ProcessInfo
    {
        public uint Id;
        public ulong UsedBytes;
        public uint GpuInstance;
        public uint ComputeInstance;
    }
}
