namespace TorchSharp;

public static class ModuleExtensionMethods
{
#if TORCHSHARP_0_99
    public static T to<T>(this T module, torch.ScalarType type)
        where T : torch.nn.Module => (T)module.Convert(type);

    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1)
        where T : torch.nn.Module => (T)module.MoveTo(deviceType, deviceIndex);

    public static T to<T>(this T module, torch.Device device)
        where T : torch.nn.Module => (T)module.MoveTo(device.type, device.index);

    public static T cuda<T>(this T module, int deviceIndex = -1)
        where T : torch.nn.Module => (T)module.MoveTo(DeviceType.CUDA, deviceIndex);
#else
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.Convert(type);

    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.MoveTo(deviceType, deviceIndex);

    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.MoveTo(device.type, device.index);

    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.MoveTo(DeviceType.CUDA, deviceIndex);

    public static T half<T>(this T module)
        where T : torch.nn.Module => (T)module.Convert(torch.ScalarType.Float16);
#endif
}
