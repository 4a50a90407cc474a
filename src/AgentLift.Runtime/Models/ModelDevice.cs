using System.Globalization;

namespace AgentLift.Runtime;

/// <summary>A device that models lie on, such as <c>cpu</c> or <c>cuda:0</c>.</summary>
/// <param name="Kind">What kind of device it is.</param>
/// <param name="Index">Which of its kind, from 0; 0 for the CPU.</param>
public readonly record struct ModelDevice(ModelDeviceKind Kind, int Index)
{
    /// <summary>What <see cref="TryParse"/> takes, for messages.</summary>
    internal const string Forms = "cpu, cuda:0 or mps:0";

    /// <summary>The host's own processor and memory.</summary>
    public static ModelDevice Cpu { get; }

    /// <summary>An NVIDIA GPU.</summary>
    /// <param name="index">Its index as CUDA counts, 0 or more.</param>
    public static ModelDevice Cuda(int index) => new(ModelDeviceKind.Cuda, index);

    /// <summary>Reads <c>cpu</c>, <c>cuda</c>, <c>cuda:INDEX</c>, <c>mps</c> or <c>mps:INDEX</c>, in any case; without an index it is the first.</summary>
    /// <param name="text">The text; <see langword="null"/> is none of them.</param>
    /// <param name="device">The device.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out ModelDevice device)
    {
        var parts = (text ?? string.Empty).Trim().Split(':');
        var index = 0;
        ModelDeviceKind? kind = parts[0].ToUpperInvariant() switch
        {
            "CPU" => ModelDeviceKind.Cpu,
            "CUDA" => ModelDeviceKind.Cuda,
            "MPS" => ModelDeviceKind.Mps,
            _ => null,
        };
        var isDevice = kind is not null
            && parts.Length <= 2
            && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index))
            && (kind != ModelDeviceKind.Cpu || index == 0);
        device = isDevice ? new ModelDevice(kind!.Value, index) : default;
        return isDevice;
    }

    /// <summary>The device as <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => Kind switch
    {
        ModelDeviceKind.Cpu => "cpu",
        ModelDeviceKind.Cuda => string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"mps:{Index}"),
    };
}

/// <summary>A kind of device.</summary>
public enum ModelDeviceKind
{
    /// <summary>The host's own processor and memory.</summary>
    Cpu = 0,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda = 1,

    /// <summary>An Apple GPU.</summary>
    Mps = 2,
}
