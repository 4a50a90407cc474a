namespace AgentLift.Runtime.Models;

/// <summary>The bytes that models may take of each device.</summary>
internal static class DeviceBudgets
{
    // A GPU also holds the context of its driver and what a run needs beside the weights.
    private const double ShareOfGpu = 0.9;

    // The host's memory holds the process itself.
    private const double ShareOfHost = 0.5;

    /// <exception cref="ArgumentException">Nothing says how large a device is.</exception>
    public static IEnumerable<KeyValuePair<ModelDevice, long>> Of(ModelSchedulingOptions options, IDeviceMemory memory)
    {
        if (options.Devices.Count == 0)
        {
            return memory.Devices.Where(device => device.Kind != ModelDeviceKind.Cpu).Append(ModelDevice.Cpu)
                .Select(device => KeyValuePair.Create(device, Measured(device) ?? 0))
                .Where(budget => budget.Value > 0);
        }

        return options.Devices.Select((device, i) => KeyValuePair.Create(
            ModelDevice.TryParse(device.Device, out var known) ? known : throw new ArgumentException($"{Key(i)}:{nameof(device.Device)} is '{device.Device}'; it must be {ModelDevice.Forms}."),
            device.BudgetBytes ?? Measured(known) ?? throw new ArgumentException(
                $"Nothing says how much memory {device.Device} has: neither NVML nor nvidia-smi shows it. Set {Key(i)}:{nameof(device.BudgetBytes)}.")));

        long? Measured(ModelDevice device) => device.Kind == ModelDeviceKind.Cpu
            ? (long)((memory.Read(device)?.TotalBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) * ShareOfHost)
            : memory.Read(device) is { } reading ? (long)(reading.TotalBytes * ShareOfGpu) : null;

        string Key(int device) => $"{ModelSchedulingOptions.Section}:{nameof(ModelSchedulingOptions.Devices)}:{device}";
    }
}
