namespace AgentLift.Runtime.Models.Memory;

/// <summary>A way to ask the driver of NVIDIA GPUs. It knows nothing of how CUDA counts them.</summary>
internal interface IGpuDriver
{
    /// <summary>What it is called in logs.</summary>
    string Name { get; }

    /// <summary>The GPUs, in the order of their places on the bus.</summary>
    /// <param name="problem">Why they cannot be listed; <see langword="null"/> where they can.</param>
    /// <returns>Empty where there is none; <see langword="null"/> where they cannot be listed.</returns>
    IReadOnlyList<Gpu>? List(out string? problem);

    /// <summary>Reads the memory of a GPU, or of an instance of one.</summary>
    /// <param name="uuid">The UUID of <see cref="Gpu.Uuid"/> or <see cref="Gpu.Instances"/>.</param>
    /// <param name="problem">Why it cannot be read; <see langword="null"/> where it can.</param>
    /// <returns><see langword="null"/> where it cannot be read.</returns>
    DeviceMemoryReading? Read(string uuid, out string? problem);
}
