namespace AgentLift.Runtime.Tests.Models;

/// <summary>What a driver says of the GPU of a <see cref="SmallMachine"/>.</summary>
internal sealed class FakeMemory : IDeviceMemory
{
    public IReadOnlyList<ModelDevice> Devices => [SmallMachine.Gpu];

    public DeviceMemoryReading? Reading { get; set; }

    public DeviceMemoryReading? Read(ModelDevice device) => device == SmallMachine.Gpu ? Reading : null;
}
