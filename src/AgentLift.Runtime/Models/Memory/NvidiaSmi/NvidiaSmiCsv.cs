using System.Globalization;

namespace AgentLift.Runtime.Models.Memory.NvidiaSmi;

/// <summary>A GPU as <c>nvidia-smi</c> prints it.</summary>
/// <param name="Gpu">The GPU.</param>
/// <param name="FreeBytes">What is free of its memory; <see langword="null"/> where it does not tell.</param>
internal sealed record NvidiaSmiGpu(Gpu Gpu, long? FreeBytes);

/// <summary>The lines that <c>nvidia-smi</c> prints: comma-separated, without heads and units, sizes in MiB.</summary>
internal static class NvidiaSmiCsv
{
    /// <summary>What is asked for, in this order.</summary>
    public const string Fields = "uuid,pci.bus_id,memory.total,memory.free,mig.mode.current,name";
    private const long Mebibyte = 1024 * 1024;
    private const string Enabled = "Enabled";

    /// <returns>The GPUs in the order of their places; <see langword="null"/> where a line is none, as when the driver prints an error in place of a GPU.</returns>
    public static IReadOnlyList<NvidiaSmiGpu>? Parse(string output)
    {
        var gpus = new List<NvidiaSmiGpu>();
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // The name comes last: it is the one that might have a comma.
            if (line.Split(',', 6, StringSplitOptions.TrimEntries) is not [var uuid, var busId, var total, var free, var mig, var name] || !uuid.StartsWith("GPU-", StringComparison.Ordinal))
                return null;
            gpus.Add(new NvidiaSmiGpu(new Gpu(uuid, name, busId, BytesOf(total), mig == Enabled, Instances: []), BytesOf(free)));
        }

        return [.. gpus.OrderBy(one => one.Gpu.BusId, StringComparer.Ordinal)];
    }

    // "[N/A]", "[Not Supported]", "[Unknown Error]", "[GPU is lost]": all that is no number.
    private static long? BytesOf(string mebibytes) =>
        long.TryParse(mebibytes, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= long.MaxValue / Mebibyte ? value * Mebibyte : null;
}
