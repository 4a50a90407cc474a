using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>A scheduler with one GPU of 10 bytes and a CPU of 100, in simulated time.</summary>
/// <param name="options">How models share them; without protection of what was just loaded where <see langword="null"/>.</param>
/// <param name="memory">Reads devices; none can be read where <see langword="null"/>.</param>
internal sealed class SmallMachine(ModelSchedulingOptions? options = null, IDeviceMemory? memory = null) : SchedulerSimulation(
    options ?? new ModelSchedulingOptions { ResidencyFactor = 0 },
    new Dictionary<ModelDevice, long> { [Gpu] = GpuBytes, [ModelDevice.Cpu] = CpuBytes },
    time => new Dictionary<ModelDevice, FakeDevice> { [Gpu] = new(time, new Random(1)) { Capacity = GpuBytes }, [ModelDevice.Cpu] = new(time, new Random(1)) { Capacity = CpuBytes } },
    memory)
{
    private const long GpuBytes = 10;
    private const long CpuBytes = 100;

    public static ModelDevice Gpu { get; } = ModelDevice.Cuda(0);
}
