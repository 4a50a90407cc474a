using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Diagnostics;

/// <summary>What the runtime says of the memory of devices.</summary>
internal static partial class DeviceMemoryLog
{
    [LoggerMessage(110, LogLevel.Information, "GPUs are read through {Driver}: {Devices}")]
    public static partial void Detected(ILogger logger, string driver, string devices);

    [LoggerMessage(111, LogLevel.Warning, "GPUs cannot be read through {Driver}: {Problem}")]
    public static partial void DriverFailed(ILogger logger, string driver, string? problem);

    [LoggerMessage(112, LogLevel.Information, "No GPU can be read, neither through NVML nor through nvidia-smi; budgets of GPUs must be configured, and models are counted by what they say themselves")]
    public static partial void NoDriver(ILogger logger);

    [LoggerMessage(113, LogLevel.Warning, "No GPU is read, because it is not certain which of them is cuda:0: {Doubt}")]
    public static partial void OrderInDoubt(ILogger logger, string doubt);

    [LoggerMessage(114, LogLevel.Warning, "{Device} cannot be read through {Driver}: {Problem}; this is said once")]
    public static partial void ReadFailed(ILogger logger, ModelDevice device, string driver, string? problem);
}
