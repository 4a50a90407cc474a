using AgentLift.Runtime.Models.Memory;
using AgentLift.Runtime.Models.Memory.Host;
using AgentLift.Runtime.Models.Memory.NvidiaSmi;
using AgentLift.Runtime.Models.Memory.Nvml;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentLift.Runtime;

/// <summary>Finds out how the memory of this machine's devices can be read.</summary>
public static class DeviceMemory
{
    /// <summary>
    /// Gives the best way that there is: NVIDIA GPUs through the driver's library (NVML), else through the program <c>nvidia-smi</c> on the path, which is asked at
    /// most once a second; and the host's own memory as <c>cpu</c>. Without either, GPUs are not among the devices.
    /// </summary>
    /// <remarks>
    /// <para>
    /// GPUs are numbered as CUDA does in this process, by <c>CUDA_VISIBLE_DEVICES</c> and <c>CUDA_DEVICE_ORDER</c> as they are now. Where GPUs of several kinds leave
    /// CUDA's order open, or one is partitioned (MIG) and no instance is named, none of them is among the devices, and a warning says what would settle it.
    /// </para>
    /// <para>
    /// Of a GPU, what the driver keeps for itself counts as used; what this process holds is <see langword="null"/> with <c>nvidia-smi</c>, on Windows in WDDM
    /// mode, and in a container with process ids of its own. Of the host, total is what the process may take, with the limits of its control groups; used is all
    /// that could not be had at once; and what this process holds is its working set.
    /// </para>
    /// </remarks>
    /// <param name="loggers">Where it is told what was found, and once for each device that it cannot be read any more; nowhere where <see langword="null"/>.</param>
    /// <param name="time">The clock; the system's where <see langword="null"/>.</param>
    /// <returns>
    /// Reads the devices. It never throws: what cannot be read is <see langword="null"/>. Where nothing keeps the driver awake, this call and a reading take up to
    /// 5 s with <c>nvidia-smi</c>.
    /// </returns>
    public static IDeviceMemory Detect(ILoggerFactory? loggers = null, TimeProvider? time = null)
    {
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger(typeof(DeviceMemory).FullName!);
        return DetectedDeviceMemory.Detect(
            Drivers(time ?? TimeProvider.System),
            HostMemory.OfThisMachine(),
            Environment.GetEnvironmentVariable(CudaOrder.VisibleVariable),
            Environment.GetEnvironmentVariable(CudaOrder.OrderVariable),
            logger);
    }

    private static IEnumerable<IGpuDriver> Drivers(TimeProvider time)
    {
        if (NvmlLibrary.TryLoad() is { } library)
            yield return new NvmlDriver(library, DriverProcess.OfThisProcess());
        if (NvidiaSmiProgram.Find(Environment.GetEnvironmentVariable("PATH")) is { } program)
            yield return new NvidiaSmiDriver(new NvidiaSmiProgram(program, time), time);
    }
}
