namespace AgentLift.Runtime;

/// <summary>What a manager knows of a model before it is loaded. Settings under <c>Models:Managers:MANAGER:MODEL</c> replace single values.</summary>
public sealed record ModelDefinition
{
    /// <summary>Defines a model.</summary>
    /// <param name="name">Its name within its manager.</param>
    public ModelDefinition(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The model's name within its manager: in configuration, logs, metrics and administration.</summary>
    public string Name { get; }

    /// <summary>
    /// Its file: absolute, or relative to the folder of the program. It is checked at start. <see langword="null"/> where the loader needs none.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>
    /// What models with the same weights have in common: they are loaded once for all managers of the process. By default the file's full path together
    /// with the type of the model; <see langword="null"/> without a file, for a model of its own.
    /// </summary>
    public string? SharedAs { get; init; }

    /// <summary>Bytes that it takes on its device, as stored: more than 0. Where <see langword="null"/>, the length of its file. Replaced by what is measured once it was loaded.</summary>
    public long? EstimatedBytes { get; init; }

    /// <summary>How much it matters that it stays: 0 to 10, 5 by default. Each step doubles what its eviction costs.</summary>
    public int Priority { get; init; } = 5;

    /// <summary>How long it stays after its last use; 1 ms to 365 days. <see langword="null"/>: until its room is needed.</summary>
    public TimeSpan? KeepAlive { get; init; }

    /// <summary>Whether it is loaded at start and never evicted.</summary>
    public bool Pinned { get; init; }

    /// <summary>Where it may lie, best first. Empty: on any device of the process, GPUs first, and the CPU where there is no GPU.</summary>
    public IReadOnlyList<ModelDevice> Devices { get; init; } = [];

    /// <summary>How its weights are kept; as stored by default.</summary>
    public ModelPrecision Precision { get; init; }

    /// <summary>What is tried when its device has no memory for it; nothing by default.</summary>
    public ModelFallback Fallback { get; init; }

    /// <summary>Whether it is loaded before its first use; <see cref="LazyWarmup.None"/> by default.</summary>
    public LazyWarmup Warmup { get; init; }

    /// <summary>How long one load may take; 1 ms to 1 day, 5 minutes by default. Then it has failed for those who wait; what it still delivers is there for the next who ask.</summary>
    public TimeSpan LoadTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a load is expected to take, until one was measured; more than 0. Where <see langword="null"/>, it follows from the bytes
    /// (<see cref="ModelSchedulingOptions.ExpectedBytesPerSecond"/>).
    /// </summary>
    public TimeSpan? EstimatedLoadTime { get; init; }
}
