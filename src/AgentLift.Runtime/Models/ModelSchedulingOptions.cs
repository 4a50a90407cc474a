namespace AgentLift.Runtime;

/// <summary>How models share the devices of the process, bound from <c>Models</c> and validated at start.</summary>
public sealed class ModelSchedulingOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Models";

    /// <summary>The devices that models may use. Empty: every GPU that the driver shows, and the CPU.</summary>
    public IList<ModelDeviceOptions> Devices { get; } = [];

    /// <summary>The most callers that wait for models at a time; 1 to 1,000,000, 10,000 by default. One more is refused at once.</summary>
    public int QueueCapacity { get; set; } = 10_000;

    /// <summary>How long a caller waits for room, without the time of the load itself; 1 ms to 1 day, 30 s by default.</summary>
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Loads under way at a time on one device; 1 to 64, 2 by default.</summary>
    public int ConcurrentLoads { get; set; } = 2;

    /// <summary>
    /// How long a loaded model is left alone, as a multiple of the time that its load took; 0 to 100, 1 by default: two models that have no room beside each other then
    /// use at most half of the time for loads. A caller that has waited for half of <see cref="QueueTimeout"/> does not heed it.
    /// </summary>
    public double ResidencyFactor { get; set; } = 1;

    /// <summary>Bytes that a load is expected to read in a second, for models that were never loaded; 1,000,000 to 1,000,000,000,000, 500,000,000 by default.</summary>
    public long ExpectedBytesPerSecond { get; set; } = 500_000_000;

    /// <summary>Whether models are loaded ahead, into room that is free, when they were mostly the next to be used; off by default.</summary>
    public bool Preload { get; set; }

    /// <summary>Settings of single models, by manager and model; they replace what the code says.</summary>
    public IDictionary<string, ModelManagerSettings> Managers { get; } = new Dictionary<string, ModelManagerSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where models are administered over HTTP.</summary>
    public ModelAdministrationOptions Administration { get; set; } = new();
}

/// <summary>A device that models may use.</summary>
public sealed class ModelDeviceOptions
{
    /// <summary>The device, as <c>cuda:0</c> or <c>cpu</c>.</summary>
    public string Device { get; set; } = string.Empty;

    /// <summary>Bytes that models may take; more than 0. <see langword="null"/>: nine tenths of what the device has, where the driver tells; half of it for the CPU.</summary>
    public long? BudgetBytes { get; set; }
}

/// <summary>Settings of the models of one manager, by the model's name.</summary>
public sealed class ModelManagerSettings : Dictionary<string, ModelSettings>
{
    /// <summary>Makes settings; names of models are compared without regard to case.</summary>
    public ModelManagerSettings()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }
}

/// <summary>Settings of one model; each replaces what <see cref="ModelDefinition"/> says.</summary>
public sealed class ModelSettings
{
    /// <inheritdoc cref="ModelDefinition.Path"/>
    public string? Path { get; set; }

    /// <inheritdoc cref="ModelDefinition.EstimatedBytes"/>
    public long? EstimatedBytes { get; set; }

    /// <inheritdoc cref="ModelDefinition.Priority"/>
    public int? Priority { get; set; }

    /// <inheritdoc cref="ModelDefinition.KeepAlive"/>
    public TimeSpan? KeepAlive { get; set; }

    /// <inheritdoc cref="ModelDefinition.Pinned"/>
    public bool? Pinned { get; set; }

    /// <summary>Where it may lie, best first, as <c>cuda:0</c> or <c>cpu</c>.</summary>
    public IList<string> Devices { get; } = [];

    /// <inheritdoc cref="ModelDefinition.Precision"/>
    public ModelPrecision? Precision { get; set; }

    /// <inheritdoc cref="ModelDefinition.Fallback"/>
    public ModelFallback? Fallback { get; set; }

    /// <inheritdoc cref="ModelDefinition.Warmup"/>
    public LazyWarmup? Warmup { get; set; }

    /// <inheritdoc cref="ModelDefinition.LoadTimeout"/>
    public TimeSpan? LoadTimeout { get; set; }
}

/// <summary>Where models are administered over HTTP.</summary>
public sealed class ModelAdministrationOptions
{
    /// <summary><c>IP:PORT</c> such as <c>127.0.0.1:9465</c>, <c>*:PORT</c> for all addresses. <see langword="null"/>, the default: nowhere.</summary>
    public string? Address { get; set; }

    /// <summary>What a caller must send as <c>Authorization: Bearer TOKEN</c>; at least 16 visible characters of ASCII. Needed for an address that is not loopback.</summary>
    public string? Token { get; set; }
}
