namespace AgentLift.Runtime.Models;

/// <summary>One set of weights, and all that the scheduler knows of it. Changed under the scheduler's lock only.</summary>
internal abstract class ModelSlot
{
    private const double LoadTimeSmoothing = 0.3;
    private const int NeutralPriority = 5;

    private double? loadSeconds;

    protected ModelSlot(ModelScheduler scheduler, string manager, ModelDefinition definition, IReadOnlyList<LoadRung> rungs)
    {
        Scheduler = scheduler;
        Manager = manager;
        Definition = definition;
        Rungs = rungs;
        Pinned = definition.Pinned;
        Priority = definition.Priority;
        KeepAlive = definition.KeepAlive;
        Size = new ModelSize(definition.EstimatedBytes, definition.Path);
        Size.LookAtFile();
    }

    public ModelScheduler Scheduler { get; }

    /// <summary>The manager that declared it first.</summary>
    public string Manager { get; }

    public ModelDefinition Definition { get; }

    public string Name => Definition.Name;

    /// <summary>Whether a model declared it first; others share it.</summary>
    public bool IsDeclaredAs(string manager, string name) => Manager == manager && Name == name;

    public IReadOnlyList<LoadRung> Rungs { get; }

    public ModelSize Size { get; }

    public ReuseForecast.History Uses { get; } = new();

    public bool Pinned { get; set; }

    /// <summary>The highest of those who share the weights.</summary>
    public int Priority { get; private set; }

    /// <summary>The longest of those who share the weights; <see langword="null"/> where one lets them stay until their room is needed.</summary>
    public TimeSpan? KeepAlive { get; private set; }

    /// <summary>The version that new leases get; <see langword="null"/> where none is loaded, or the last is being unloaded.</summary>
    public ResidentModel? Current { get; set; }

    /// <summary>The load that has room promised or is under way.</summary>
    public ModelLoad? Load { get; set; }

    public List<ModelWaiter> Waiters { get; } = [];

    /// <summary>The way that the next load is tried.</summary>
    public int RungIndex { get; set; }

    public LoadRung Rung => Rungs[RungIndex];

    /// <summary>How often the device had no memory for it since the last load that succeeded or failed for good.</summary>
    public int OutOfMemoryTries { get; set; }

    /// <summary>Time stamp before which it is not tried again.</summary>
    public long? NotBefore { get; set; }

    /// <summary>The devices that had no memory for it: it is tried again once something has changed.</summary>
    public LedgerMark? BlockedAt { get; set; }

    /// <summary>Devices that had no memory for it in the way that it is tried now.</summary>
    public HashSet<DeviceLedger> OutOfMemoryOn { get; } = [];

    public Exception? LastError { get; set; }

    /// <summary>Whether the weights may be leased now.</summary>
    public bool IsAvailable => Current is { State: ResidentState.Stays };

    /// <summary>Seconds that a load takes: measured, else expected.</summary>
    public double LoadSeconds => loadSeconds
        ?? Definition.EstimatedLoadTime?.TotalSeconds
        ?? (double)(Size.In(Definition.Precision) ?? 0) / Scheduler.Options.ExpectedBytesPerSecond;

    /// <summary>What one second of its load counts when it is weighed against others.</summary>
    public double Weight => Math.Pow(2, Priority - NeutralPriority);

    public ModelState State
    {
        get
        {
            lock (Scheduler.Gate)
                return StateNow;
        }
    }

    public ModelState StateNow => (Current, Load) switch
    {
        ({ State: ResidentState.Stays }, _) => ModelState.Loaded,
        ({ State: ResidentState.Closing }, _) => ModelState.Draining,
        (_, { IsStarted: true }) => ModelState.Loading,
        _ when Waiters.Count > 0 || Load is not null => ModelState.Queued,
        ({ State: ResidentState.Unloading }, _) => ModelState.Unloading,
        _ => LastError is null ? ModelState.Unloaded : ModelState.Failed,
    };

    public void Learn(ModelPrecision precision, long bytes, double seconds)
    {
        Size.Measured(precision, bytes);
        loadSeconds = loadSeconds is { } before ? before + (LoadTimeSmoothing * (seconds - before)) : seconds;
    }

    /// <summary>Begins anew: as after a load that succeeded or failed for good.</summary>
    public void ResetTries()
    {
        RungIndex = 0;
        OutOfMemoryTries = 0;
        NotBefore = null;
        BlockedAt = null;
        OutOfMemoryOn.Clear();
    }

    /// <summary>Goes on to the next fall-back, if there is one. Never for a new version: the one in use is better than a worse one.</summary>
    public bool TryFallBack()
    {
        if (IsAvailable || RungIndex + 1 >= Rungs.Count)
            return false;
        var next = RungIndex + 1;
        ResetTries();
        RungIndex = next;
        return true;
    }

    /// <summary>Takes over what another manager asks of the same weights.</summary>
    public void ShareWith(ModelDefinition definition)
    {
        Pinned |= definition.Pinned;
        Priority = Math.Max(Priority, definition.Priority);
        KeepAlive = KeepAlive is { } mine && definition.KeepAlive is { } other ? TimeSpan.FromTicks(Math.Max(mine.Ticks, other.Ticks)) : null;
    }

    /// <summary>Loads it, outside the lock.</summary>
    public abstract Task<ResidentModel> LoadAsync(ModelLoad load);

    public abstract ModelFailureKind Classify(Exception error);
}

/// <inheritdoc/>
internal sealed class ModelSlot<T>(ModelScheduler scheduler, string manager, ModelDefinition definition, IReadOnlyList<LoadRung> rungs, IModelLoader<T> loader)
    : ModelSlot(scheduler, manager, definition, rungs)
    where T : class
{
    public IModelLoader<T> Loader => loader;

    public ValueTask<ModelLease<T>> AcquireAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ModelLease<T>>(cancellationToken);
        if (Scheduler.TryLease(this) is { } ticket)
            return new ValueTask<ModelLease<T>>(new ModelLease<T>(ticket));
        var waiter = new LeaseWaiter<T>(this, Scheduler.Now);
        Scheduler.Enqueue(waiter, cancellationToken);
        return new ValueTask<ModelLease<T>>(waiter.Task);
    }

    public bool TryAcquire(out ModelLease<T> lease)
    {
        var ticket = Scheduler.TryLease(this);
        lease = ticket is null ? default : new ModelLease<T>(ticket);
        return ticket is not null;
    }

    public override async Task<ResidentModel> LoadAsync(ModelLoad load)
    {
        var request = new ModelLoadRequest(Manager, Name, Definition.Path, load.Device, load.Precision, load.Bytes);
        var loaded = await loader.LoadAsync(request, load.Token).ConfigureAwait(false);
        if (loaded.Model is null)
            throw new InvalidOperationException("The loader gave no model.");
        if (loaded.Bytes < 0)
        {
            await loader.UnloadAsync(loaded.Model).ConfigureAwait(false);
            throw new InvalidOperationException($"The loader gave a model of {loaded.Bytes} bytes.");
        }

        return new ResidentModel<T>(this, loaded, load, Scheduler.Now);
    }

    public override ModelFailureKind Classify(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (loader.Classify(cause) is not ModelFailureKind.Other and var kind)
                return kind;
        }

        return ModelFailureKind.Other;
    }
}
