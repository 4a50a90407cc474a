namespace AgentLift.Runtime.Models.Memory.Nvml;

/// <summary>The calls of NVIDIA's management library that are used here, with its words and its error codes. None throws.</summary>
internal interface INvml
{
    /// <summary>Connects to the driver: nvmlInit_v2.</summary>
    NvmlStatus Initialize();

    /// <summary>How many GPUs there are: nvmlDeviceGetCount_v2.</summary>
    NvmlStatus GetCount(out uint count);

    /// <summary>The handle of a GPU: nvmlDeviceGetHandleByIndex_v2.</summary>
    NvmlStatus GetHandle(uint index, out nint device);

    /// <summary>The UUID of a GPU or an instance: nvmlDeviceGetUUID.</summary>
    NvmlStatus GetUuid(nint device, out string uuid);

    /// <summary>The make of a GPU: nvmlDeviceGetName.</summary>
    NvmlStatus GetName(nint device, out string name);

    /// <summary>Where a GPU is plugged in: nvmlDeviceGetPciInfo_v3, its busId.</summary>
    NvmlStatus GetBusId(nint device, out string busId);

    /// <summary>The memory of a GPU or an instance: nvmlDeviceGetMemoryInfo.</summary>
    NvmlStatus GetMemory(nint device, out NvmlMemory memory);

    /// <summary>Whether a GPU is partitioned: nvmlDeviceGetMigMode.</summary>
    NvmlStatus GetMigMode(nint device, out bool enabled);

    /// <summary>How many instances a GPU can have at most: nvmlDeviceGetMaxMigDeviceCount.</summary>
    NvmlStatus GetMaxInstances(nint device, out uint count);

    /// <summary>The handle of an instance: nvmlDeviceGetMigDeviceHandleByIndex.</summary>
    NvmlStatus GetInstance(nint device, uint index, out nint instance);

    /// <summary>The processes that compute on a GPU or an instance: nvmlDeviceGetComputeRunningProcesses_v2.</summary>
    NvmlStatus GetComputeProcesses(nint device, out IReadOnlyList<NvmlProcess> processes);

    /// <summary>What an error code means: nvmlErrorString.</summary>
    string Describe(NvmlStatus status);
}

/// <summary>The codes of nvmlReturn_t that are told apart here.</summary>
internal enum NvmlStatus
{
    Success = 0,
    NotSupported = 3,
    NotFound = 6,
    InsufficientSize = 7,

    /// <summary>The library is too old to have the function.</summary>
    FunctionNotFound = 13,
}

/// <summary>nvmlMemory_t, in bytes. What the driver keeps for itself is neither free nor counted with any process, and is in <paramref name="Used"/>.</summary>
internal readonly record struct NvmlMemory(ulong Total, ulong Free, ulong Used);

/// <summary>What a process holds on a GPU.</summary>
/// <param name="Id">Its id, as the driver knows it.</param>
/// <param name="UsedBytes">Bytes; <see langword="null"/> where the driver does not tell.</param>
internal readonly record struct NvmlProcess(uint Id, ulong? UsedBytes);
