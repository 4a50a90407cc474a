namespace AgentLift.Runtime.Models;

/// <summary>
/// The bytes of one device. What the driver says is only an upper bound, since allocators keep what was freed; so models are counted here,
/// and the driver is asked only what others hold.
/// </summary>
internal sealed class DeviceLedger(ModelDevice device, long budget)
{
    private readonly List<ModelLoad> claims = [];
    private long peak;
    private long lost;

    public ModelDevice Device => device;

    /// <summary>Bytes that models may take by the configuration, without those that could not be given back.</summary>
    public long Budget { get; private set; } = budget;

    /// <summary>Bytes that models may take: the budget, or less where others hold memory of the device.</summary>
    public long Limit { get; private set; } = budget;

    /// <summary>Bytes of models that stay.</summary>
    public long Staying { get; private set; }

    /// <summary>Bytes of models that are going: nobody may lease them any more.</summary>
    public long Going { get; private set; }

    /// <summary>Bytes promised to loads.</summary>
    public long Reserved { get; private set; }

    /// <summary>Bytes of loads under way, of those promised.</summary>
    public long Started { get; private set; }

    /// <summary>Changes whenever bytes are given back or models become idle: what found no room may look again.</summary>
    public long Epoch { get; private set; }

    /// <summary>When bytes were last given back, as a time stamp; <see langword="null"/> where none were.</summary>
    public long? LastFreed { get; private set; }

    /// <summary>Loads under way; one that has taken too long keeps its room, but nobody waits for it.</summary>
    public int RunningLoads => claims.Count(claim => claim is { IsStarted: true, IsOverdue: false });

    /// <summary>The loads that have room promised, in the order in which they were.</summary>
    public IReadOnlyList<ModelLoad> Claims => claims;

    /// <summary>Bytes that can be promised: free once all that is going has gone.</summary>
    public long Free => Limit - Staying - Reserved;

    /// <summary>Bytes that the device has to hold now.</summary>
    public long Held => Staying + Going + Started;

    /// <summary>Whether the device could hold more now, beside what is going.</summary>
    public bool CanTakeMore(long bytes) => Held + bytes <= Limit;

    public void Claim(ModelLoad load)
    {
        claims.Add(load);
        Reserved += load.Bytes;
    }

    public bool CanStart(ModelLoad load) => CanTakeMore(load.Bytes);

    public void Start(ModelLoad load)
    {
        Started += load.Bytes;
        NotePeak();
    }

    /// <summary>Ends a load or gives its room back before it began.</summary>
    public void End(ModelLoad load)
    {
        claims.Remove(load);
        Reserved -= load.Bytes;
        if (!load.IsStarted)
            return;
        Started -= load.Bytes;
        Epoch++;
    }

    public void Loaded(long bytes)
    {
        Staying += bytes;
        NotePeak();
    }

    public void Leaves(long bytes)
    {
        Staying -= bytes;
        Going += bytes;
    }

    public void StaysAfterAll(long bytes)
    {
        Going -= bytes;
        Staying += bytes;
    }

    public void Freed(long bytes, long now)
    {
        Going -= bytes;
        LastFreed = now;
        Epoch++;
    }

    /// <summary>Counts the bytes of a model that was going as taken until the process ends, because they could not be given back.</summary>
    public void NotFreed(long bytes)
    {
        Going -= bytes;
        Lose(bytes);
    }

    /// <summary>Counts bytes that no model has as taken until the process ends.</summary>
    public void Lose(long bytes)
    {
        lost += bytes;
        Budget = Math.Max(0, Budget - bytes);
        Limit = Math.Max(0, Limit - bytes);
        NotePeak();
        Epoch++;
    }

    public void BecameIdle() => Epoch++;

    /// <summary>Takes over what the driver says. Where it does not tell what this process holds, that is at most what was ever counted here.</summary>
    public void Observe(DeviceMemoryReading reading)
    {
        var others = Math.Max(0, reading.UsedBytes - (reading.UsedByThisProcess ?? peak));
        Limit = Math.Clamp(reading.TotalBytes - others - lost, 0, Budget);
    }

    /// <summary>Takes it that the others hold nothing any more, until the driver is asked again.</summary>
    public void ForgetOthers() => Limit = Budget;

    private void NotePeak() => peak = Math.Max(peak, Held + lost);
}
