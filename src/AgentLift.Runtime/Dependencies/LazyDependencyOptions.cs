namespace AgentLift.Runtime;

/// <summary>How a heavy dependency is loaded.</summary>
public sealed record LazyDependencyOptions
{
    /// <summary>Loaded on first use, within 5 minutes.</summary>
    public static LazyDependencyOptions Default { get; } = new();

    /// <summary>How long one try to load may take; more than 0, 5 minutes by default. A load that takes longer has failed; what it still delivers is released.</summary>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(Timeout), value, "A load may take more than no time.");
    } = TimeSpan.FromMinutes(5);

    /// <summary>How often a failed load is tried again before those who wait are told; 0 or more, 0 by default. The next use after that tries anew.</summary>
    public int Retries
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Retries), value, "The number of retries is not negative.");
    }

    /// <summary>Wait before the first retry; 0 or more, 1 s by default. Each further one doubles it, up to 30 s.</summary>
    public TimeSpan RetryDelay
    {
        get;
        init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(RetryDelay), value, "The wait before a retry is not negative.");
    } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether a load that failed or took too long is final: whoever asks later gets the same failure, and neither a retry nor a later use tries again; <see langword="false"/> by default.
    /// For a load that also changes something else, which must not be done twice.
    /// </summary>
    public bool KeepFailure { get; init; }

    /// <summary>Whether it is loaded before its first use; <see cref="LazyWarmup.None"/> by default.</summary>
    public LazyWarmup Warmup { get; init; }
}

/// <summary>Whether a heavy dependency is loaded before its first use.</summary>
public enum LazyWarmup
{
    /// <summary>On first use.</summary>
    None = 0,

    /// <summary>In the background, once the agent runs.</summary>
    AfterReady = 1,
}

/// <summary>Where a heavy dependency stands.</summary>
public enum LazyDependencyState
{
    /// <summary>Not asked for yet.</summary>
    NotLoaded = 0,

    /// <summary>A load is under way.</summary>
    Loading = 1,

    /// <summary>Ready.</summary>
    Loaded = 2,

    /// <summary>The last load failed; the next use loads again, unless the failure is kept.</summary>
    Failed = 3,

    /// <summary>Released with its agent.</summary>
    Released = 4,
}
