namespace AgentLift.Runtime;

/// <summary>Reads what the driver knows of the memory of devices.</summary>
public interface IDeviceMemory
{
    /// <summary>The devices that can be read; empty where there is none, or no way to read them.</summary>
    IReadOnlyList<ModelDevice> Devices { get; }

    /// <summary>Reads a device. Takes microseconds with the driver's library, and up to 5 s where a program is asked; must not be called where somebody waits.</summary>
    /// <param name="device">The device.</param>
    /// <returns>The memory, or <see langword="null"/> where the device cannot be read.</returns>
    DeviceMemoryReading? Read(ModelDevice device);
}

/// <summary>What the driver says of the memory of a device.</summary>
/// <param name="TotalBytes">All of it.</param>
/// <param name="UsedBytes">What all processes hold, with what their allocators keep for later and what the driver reserves.</param>
/// <param name="UsedByThisProcess">What this process holds of it; <see langword="null"/> where the driver does not tell.</param>
public readonly record struct DeviceMemoryReading(long TotalBytes, long UsedBytes, long? UsedByThisProcess);
