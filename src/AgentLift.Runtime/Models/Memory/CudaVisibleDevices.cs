using System.Globalization;

namespace AgentLift.Runtime.Models.Memory;

/// <summary>The environment variable CUDA_VISIBLE_DEVICES: which GPUs CUDA shows to this process, and in which order.</summary>
/// <param name="Uuids">UUIDs or beginnings of them, in order; <see langword="null"/> where the variable gives indices.</param>
/// <param name="Indices">Indices among all GPUs, as CUDA counts them, in order; <see langword="null"/> where the variable gives UUIDs.</param>
internal sealed record CudaVisibleDevices(IReadOnlyList<string>? Uuids, IReadOnlyList<int>? Indices)
{
    private const string GpuPrefix = "GPU-";
    private const string InstancePrefix = "MIG-";

    /// <summary>
    /// Reads the variable as CUDA and PyTorch do: the first entry says which kind all are of; one of another kind, or one that is none, hides itself and all
    /// after it; and one that is there twice hides all.
    /// </summary>
    public static CudaVisibleDevices Parse(string variable)
    {
        var entries = variable.Split(',').Select(entry => entry.Trim()).ToArray();
        return entries[0] switch
        {
            var first when first.StartsWith(GpuPrefix, StringComparison.Ordinal) => new(UuidsOf(entries, GpuPrefix), Indices: null),

            // CUDA shows one instance of one GPU to a process, whatever else is named.
            var first when first.StartsWith(InstancePrefix, StringComparison.Ordinal) => new([first], Indices: null),
            _ => new(Uuids: null, IndicesOf(entries)),
        };
    }

    private static string[] UuidsOf(string[] entries, string prefix) =>
        Once(entries.TakeWhile(entry => entry.StartsWith(prefix, StringComparison.Ordinal)).ToArray());

    private static int[] IndicesOf(string[] entries) => Once(entries.Select(LeadingNumber).TakeWhile(index => index >= 0).ToArray());

    private static T[] Once<T>(T[] all) => all.Distinct().Count() == all.Length ? all : [];

    // As strtol reads: the digits at the beginning, whatever follows. "-1", the usual way to hide all, is none.
    private static int LeadingNumber(string entry)
    {
        var digits = entry.AsSpan().TrimStart('+');
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;
    }
}
