namespace TorchSharp;

public static partial class torch
{
    public class Device(DeviceType type, int index = -1)
    {
        public Device(string description)
            : this(Enum.Parse<DeviceType>(description.Split(':')[0], ignoreCase: true), description.Contains(':') ? int.Parse(description.Split(':')[1]) : -1)
        {
        }

        public DeviceType type { get; } = type;

        public int index { get; } = index;

        public override string ToString() => type == DeviceType.CPU ? "cpu" : $"{type.ToString().ToLowerInvariant()}:{index}";
    }
}
