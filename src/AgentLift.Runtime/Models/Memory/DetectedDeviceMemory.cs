using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Models.Memory.Host;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Models.Memory;

/// <summary>Reads the GPUs that a driver tells of, by CUDA's ordinals, and the memory of the host.</summary>
internal sealed class DetectedDeviceMemory : IDeviceMemory
{
    private readonly HostMemory host;
    private readonly IGpuDriver? driver;
    private readonly GpuOrdinal[] gpus;
    private readonly ILogger logger;

    private DetectedDeviceMemory(HostMemory host, IGpuDriver? driver, GpuOrdinal[] gpus, ILogger logger)
    {
        this.host = host;
        this.driver = driver;
        this.gpus = gpus;
        this.logger = logger;
        Devices = [.. gpus.Where(gpu => gpu.IsReadable).Select(gpu => gpu.Device), ModelDevice.Cpu];
    }

    public IReadOnlyList<ModelDevice> Devices { get; }

    /// <summary>Takes the first driver that can list GPUs.</summary>
    /// <param name="drivers">The ways to ask, the best first.</param>
    /// <param name="host">Reads the memory of the host.</param>
    /// <param name="visible">CUDA_VISIBLE_DEVICES; <see langword="null"/> where it is not set.</param>
    /// <param name="order">CUDA_DEVICE_ORDER; <see langword="null"/> where it is not set.</param>
    /// <param name="logger">Where it is told what was found.</param>
    public static DetectedDeviceMemory Detect(IEnumerable<IGpuDriver> drivers, HostMemory host, string? visible, string? order, ILogger logger)
    {
        foreach (var driver in drivers)
        {
            if (driver.List(out var problem) is not { } gpus)
            {
                DeviceMemoryLog.DriverFailed(logger, driver.Name, problem);
                continue;
            }

            var cuda = CudaOrder.Of(gpus, visible, order);
            if (cuda.Doubt is { } doubt)
                DeviceMemoryLog.OrderInDoubt(logger, doubt);
            GpuOrdinal[] ordinals = [.. cuda.Uuids.Select((uuid, index) => new GpuOrdinal(ModelDevice.Cuda(index), uuid, IsReadable(gpus, uuid)))];
            DeviceMemoryLog.Detected(logger, driver.Name, ordinals.Length == 0 ? "none" : string.Join(", ", ordinals.Select(gpu => $"{gpu.Device} is {gpu.Uuid}")));
            return new DetectedDeviceMemory(host, driver, ordinals, logger);
        }

        DeviceMemoryLog.NoDriver(logger);
        return new DetectedDeviceMemory(host, driver: null, [], logger);
    }

    public DeviceMemoryReading? Read(ModelDevice device)
    {
        if (device == ModelDevice.Cpu)
            return host.Read();
        if (driver is null || gpus.FirstOrDefault(gpu => gpu.Device == device && gpu.IsReadable) is not { } known)
            return null;
        var reading = driver.Read(known.Uuid, out var problem);
        if (reading is null && known.FailsFirstTime())
            DeviceMemoryLog.ReadFailed(logger, device, driver.Name, problem);
        return reading;
    }

    // A whole GPU that tells no memory shares the host's, and never will. An instance tells its own, even to those who may not ask for that of its GPU.
    private static bool IsReadable(IReadOnlyList<Gpu> gpus, string uuid) => gpus.FirstOrDefault(gpu => gpu.Uuid == uuid) is not { TotalBytes: null };

    /// <summary>A GPU that CUDA shows.</summary>
    /// <param name="device">What CUDA calls it.</param>
    /// <param name="uuid">What the driver calls it.</param>
    /// <param name="isReadable">Whether it has memory of its own that the driver tells of.</param>
    private sealed class GpuOrdinal(ModelDevice device, string uuid, bool isReadable)
    {
        private int failed;

        public ModelDevice Device => device;

        public string Uuid => uuid;

        public bool IsReadable => isReadable;

        public bool FailsFirstTime() => Interlocked.Exchange(ref failed, 1) == 0;
    }
}
