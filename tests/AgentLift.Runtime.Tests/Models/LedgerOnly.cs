namespace AgentLift.Runtime.Tests.Models;

/// <summary>A machine whose devices cannot be read.</summary>
internal sealed class LedgerOnly : IDeviceMemory
{
    public IReadOnlyList<ModelDevice> Devices => [];

    public DeviceMemoryReading? Read(ModelDevice device) => null;
}
