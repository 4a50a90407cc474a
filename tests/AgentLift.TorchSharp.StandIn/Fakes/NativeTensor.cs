namespace TorchSharp.StandIn;

/// <summary>A tensor as native code has it: shared by the objects that stand for it, with memory that it may be given anew.</summary>
internal sealed class NativeTensor
{
    private int references = 1;
    private long bytes;

    public NativeTensor(long elements, torch.ScalarType type, torch.Device device)
    {
        Elements = elements;
        Type = type;
        Device = device;
        bytes = elements * SizeOf(type);
        DeviceMemory.Allocate(device.ToString(), bytes);
    }

    public long Elements { get; private set; }

    public torch.ScalarType Type { get; private set; }

    public torch.Device Device { get; private set; }

    public static long SizeOf(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float64 or torch.ScalarType.Int64 => 8,
        torch.ScalarType.Float32 or torch.ScalarType.Int32 => 4,
        torch.ScalarType.Float16 or torch.ScalarType.BFloat16 or torch.ScalarType.Int16 => 2,
        _ => 1,
    };

    public NativeTensor Shared()
    {
        references++;
        return this;
    }

    public void Release()
    {
        if (--references == 0)
            Free();
    }

    /// <summary>Takes memory of another type or device in place of its own. New memory comes first, as in native code.</summary>
    public void Become(torch.ScalarType type, torch.Device device)
    {
        var needed = Elements * SizeOf(type);
        DeviceMemory.Allocate(device.ToString(), needed);
        Free();
        (Type, Device, bytes) = (type, device, needed);
    }

    public void Empty(torch.Device device)
    {
        if (device.ToString() != Device.ToString())
            throw new System.Runtime.InteropServices.ExternalException("Attempted to set the storage of a tensor on one device to a storage on another.");
        Free();
        Elements = 0;
    }

    private void Free()
    {
        DeviceMemory.Free(Device.ToString(), bytes);
        bytes = 0;
    }
}
