using System.Globalization;

namespace AgentLift.Generators.ModelManagers;

/// <summary>Reads the name of a device as the runtime's <c>ModelDevice.TryParse</c> does, which a test holds it against.</summary>
internal static class DeviceName
{
    private const string Device = "global::AgentLift.Runtime.ModelDevice";

    /// <summary>An expression for the device; <see langword="null"/> where it is none.</summary>
    public static string? Parse(string text)
    {
        var parts = text.Trim().Split(':');
        var index = 0;
        if (parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)))
            return null;
        return parts[0].ToUpperInvariant() switch
        {
            "CPU" when index == 0 => Device + ".Cpu",
            "CUDA" => $"{Device}.Cuda({index.ToString(CultureInfo.InvariantCulture)})",
            "MPS" => $"new {Device}({Device}Kind.Mps, {index.ToString(CultureInfo.InvariantCulture)})",
            _ => null,
        };
    }
}
