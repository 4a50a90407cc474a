namespace AgentLift.Runtime.Models.Memory;

/// <summary>Which GPU is meant by each ordinal of CUDA: <c>cuda:0</c> is the first.</summary>
/// <param name="Uuids">The UUIDs of GPUs, or of instances of GPUs, by ordinal; empty where CUDA shows none, and where the order is in doubt.</param>
/// <param name="Doubt">Why the order cannot be told, and what would settle it; <see langword="null"/> where it can.</param>
internal sealed record CudaOrder(IReadOnlyList<string> Uuids, string? Doubt)
{
    public const string VisibleVariable = "CUDA_VISIBLE_DEVICES";
    public const string OrderVariable = "CUDA_DEVICE_ORDER";
    private const string ByPlace = "PCI_BUS_ID";

    /// <summary>
    /// The driver lists all GPUs by their place on the bus; CUDA lists those that CUDA_VISIBLE_DEVICES shows, the fastest first unless CUDA_DEVICE_ORDER says
    /// otherwise. A wrong guess would read the memory of somebody else's GPU, so where CUDA's order is not certain, there is none.
    /// </summary>
    /// <param name="gpus">All GPUs, by place.</param>
    /// <param name="visible">CUDA_VISIBLE_DEVICES; <see langword="null"/> where it is not set.</param>
    /// <param name="order">CUDA_DEVICE_ORDER; <see langword="null"/> where it is not set.</param>
    public static CudaOrder Of(IReadOnlyList<Gpu> gpus, string? visible, string? order)
    {
        if (visible is null)
            return ByIndex(gpus, [.. Enumerable.Range(0, gpus.Count)], order);
        var shown = CudaVisibleDevices.Parse(visible);
        return shown.Uuids is { } uuids ? ByUuid(gpus, uuids) : ByIndex(gpus, shown.Indices!, order);
    }

    private static CudaOrder ByIndex(IReadOnlyList<Gpu> gpus, IReadOnlyList<int> indices, string? order)
    {
        Gpu[] shown = [.. indices.TakeWhile(index => index < gpus.Count).Select(index => gpus[index])];
        if (shown.Length == 0)
            return new([], Doubt: null);

        // Which instance CUDA takes first is not documented, and with one partitioned GPU among several not even whether it takes that one.
        if (gpus.FirstOrDefault(gpu => gpu.IsPartitioned) is { } partitioned)
            return InDoubt($"{partitioned.Name} {partitioned.Uuid} is partitioned (MIG); name the instance to use in {VisibleVariable}");
        return order == ByPlace || AreAlike(gpus)
            ? new([.. shown.Select(gpu => gpu.Uuid)], Doubt: null)
            : InDoubt($"the GPUs are of several kinds, and CUDA takes the fastest first; set {OrderVariable}={ByPlace}, or name UUIDs in {VisibleVariable}");
    }

    // The order of UUIDs is the order of the ordinals, whatever CUDA_DEVICE_ORDER says.
    private static CudaOrder ByUuid(IReadOnlyList<Gpu> gpus, IReadOnlyList<string> names)
    {
        var shown = new List<string>();
        foreach (var name in names)
        {
            // A beginning that fits two is as wrong as one that fits none, and hides all after it.
            string[] meant = [.. gpus.SelectMany(gpu => gpu.Instances.Prepend(gpu.Uuid)).Where(uuid => uuid.StartsWith(name, StringComparison.Ordinal)).Take(2)];
            if (meant.Length == 0 && gpus.Any(gpu => gpu.IsPartitioned && gpu.Instances.Count == 0))
                return InDoubt($"the driver does not list the instances (MIG) that {VisibleVariable} may name");
            if (meant.Length != 1)
                break;

            // Two beginnings of one UUID name it twice.
            if (shown.Contains(meant[0], StringComparer.Ordinal))
                return new([], Doubt: null);
            shown.Add(meant[0]);
        }

        return gpus.FirstOrDefault(gpu => gpu.IsPartitioned && shown.Contains(gpu.Uuid, StringComparer.Ordinal)) is { } partitioned
            ? InDoubt($"{VisibleVariable} names {partitioned.Name} {partitioned.Uuid}, which is partitioned (MIG); name an instance of it")
            : new(shown, Doubt: null);
    }

    private static bool AreAlike(IReadOnlyList<Gpu> gpus) => gpus.Select(gpu => (gpu.Name, gpu.TotalBytes)).Distinct().Count() <= 1;

    private static CudaOrder InDoubt(string doubt) => new([], doubt);
}
