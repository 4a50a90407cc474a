namespace AgentLift.Runtime.Models;

/// <summary>
/// Shares the memory of devices among models: who asks for a model gets a lease at once where it is loaded, and waits otherwise until there is room and it is.
/// All state is guarded by one lock, which is never held while a model is loaded, run or released, a file or a device is read, or anybody is told what happened.
/// </summary>
/// <remarks>
/// A model goes through: waiters, then room promised on a device (<see cref="ModelLoad"/>, with victims that make it), then the load, then a
/// <see cref="ResidentModel"/> with leases. Each change ends with <see cref="Pump"/>, which promises room to who waits, and <see cref="Arm"/>, which sets the one timer.
/// </remarks>
internal sealed partial class ModelScheduler : IAsyncDisposable
{
    private readonly TimeProvider time;
    private readonly IDeviceMemory memory;
    private readonly DeferredEvents events;
    private readonly Func<Func<Task>, Task> dispatch;
    private readonly ITimer timer;
    private readonly List<ModelSlot> slots = [];
    private readonly List<ModelSlot> queue = [];
    private readonly List<ResidentModel> residents = [];
    private readonly ReuseForecast forecast = new();
    private readonly SequencePredictor? predictor;
    private readonly HashSet<Task> running = [];
    private bool mayPreload;
    private int waiting;
    private bool stopped;

    /// <summary>Makes a scheduler without models.</summary>
    /// <param name="options">How models share devices.</param>
    /// <param name="budgets">The devices, with the bytes that models may take of each.</param>
    /// <param name="memory">Reads devices.</param>
    /// <param name="events">Is told what happens.</param>
    /// <param name="time">The clock.</param>
    /// <param name="dispatch">Runs loads and releases; on the pool where <see langword="null"/>.</param>
    public ModelScheduler(
        ModelSchedulingOptions options,
        IEnumerable<KeyValuePair<ModelDevice, long>> budgets,
        IDeviceMemory memory,
        ISchedulerEvents events,
        TimeProvider time,
        Func<Func<Task>, Task>? dispatch = null)
    {
        Options = options;
        this.memory = memory;
        this.events = new DeferredEvents(events);
        this.time = time;
        this.dispatch = dispatch ?? (work => Task.Run(work));
        Ledgers = [.. budgets.Select(budget => new DeviceLedger(budget.Key, budget.Value))];
        predictor = options.Preload ? new SequencePredictor() : null;
        timer = time.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Lock Gate { get; } = new();

    public ModelSchedulingOptions Options { get; }

    public IReadOnlyList<DeviceLedger> Ledgers { get; }

    /// <summary>The weights that were declared, by the first manager's declaration.</summary>
    public IReadOnlyList<ModelSlot> Slots => slots;

    /// <summary>The models on the devices, those that are going too.</summary>
    public IReadOnlyList<ResidentModel> Residents => residents;

    public long Now => time.GetTimestamp();

    public int Waiting => Volatile.Read(ref waiting);

    public void Add(ModelSlot slot)
    {
        lock (Gate)
            slots.Add(slot);
    }

    /// <summary>Leases a model that is loaded.</summary>
    public LeaseTicket? TryLease(ModelSlot slot)
    {
        using var change = BeginChange();
        if (stopped || !slot.IsAvailable)
            return null;
        var ticket = slot.Current!.Lease();
        if (Used(slot) && queue.Count == 0)
            Pump(Now);
        return ticket;
    }

    public void EndLease(LeaseTicket ticket, ResidentModel resident, int lease)
    {
        var now = Now;
        using var change = BeginChange();
        if (!ticket.TryEnd(lease))
            return;
        resident.EndLease(ticket, now);
        if (resident.Leases > 0)
            return;
        if (resident.State == ResidentState.Closing)
        {
            Unload(resident); // Who waits for its room has it promised, and goes on when the memory is there.
            return;
        }

        resident.Ledger.BecameIdle();
        if (IsAwaited(resident, now))
            Pump(now);
        else if (!resident.Slot.Pinned && resident.Slot.KeepAlive is { } keepAlive)
            ArmFor(now, now + Ticks(keepAlive));
    }

    /// <summary>Waits for a model, or for a load of it. Whatever goes wrong, the waiter is told.</summary>
    public void Enqueue(ModelWaiter waiter, CancellationToken cancellationToken)
    {
        var slot = waiter.Slot;
        waiter.CancelWith(cancellationToken);
        slot.Size.LookAtFile();
        var now = Now;
        using var change = BeginChange();
        if (waiter.IsCompleted)
            return;
        if (stopped)
        {
            Fail(waiter, Stopped(slot));
            return;
        }

        if (slot.IsAvailable && !waiter.WantsNewVersion)
        {
            Used(slot);
            waiter.Serve(slot.Current!);
            return;
        }

        if (waiting >= Options.QueueCapacity)
        {
            Fail(waiter, new ModelQueueFullException(slot.Name, Options.QueueCapacity));
            return;
        }

        Used(slot);
        slot.Waiters.Add(waiter);
        waiting++;
        if (slot.Load is null && !queue.Contains(slot))
        {
            forecast.Missed();
            queue.Add(slot);
        }

        Pump(now);
    }

    /// <summary>Ends somebody's wait.</summary>
    public void Withdraw(ModelWaiter waiter, CancellationToken token)
    {
        var now = Now;
        using var change = BeginChange();
        if (waiter.IsCompleted)
            return;
        waiter.Cancel(token);
        if (Remove(waiter))
            Pump(now);
    }

    private static ObjectDisposedException Stopped(ModelSlot slot) => new(slot.Name, $"Model {slot.Name} of {slot.Manager} was asked for while the process stops.");

    private Change BeginChange() => new(this);

    private static long Ticks(TimeSpan span, long frequency) => (long)(span.TotalSeconds * frequency);

    private long Ticks(TimeSpan span) => Ticks(span, time.TimestampFrequency);

    /// <returns>Whether something may be loaded ahead now.</returns>
    private bool Used(ModelSlot slot)
    {
        forecast.Used(slot.Uses);
        if (predictor?.Used(slot) != true)
            return false;
        mayPreload = true;
        return true;
    }

    private bool Remove(ModelWaiter waiter)
    {
        var slot = waiter.Slot;
        if (!slot.Waiters.Remove(waiter))
            return false;
        waiting--;
        if (slot.Waiters.Count == 0)
            NobodyWaits(slot);
        return true;
    }

    /// <summary>Gives back what was promised to a model that nobody waits for any more. A load under way goes on.</summary>
    private void NobodyWaits(ModelSlot slot)
    {
        queue.Remove(slot);
        if (slot.Load is { IsStarted: false } claim)
            Revoke(claim);
        slot.ResetTries();
    }

    /// <summary>Serves those who wait for a version, and leaves those who began to wait for a newer one after its load began.</summary>
    /// <param name="slot">The model.</param>
    /// <param name="loadedFrom">Time stamp of the begin of the load; <see langword="null"/> where it was there before.</param>
    private void ServeWaiters(ModelSlot slot, long? loadedFrom)
    {
        var resident = slot.Current!;
        foreach (var waiter in TakeWaiters(slot, waiter => !waiter.WantsNewVersion || waiter.Arrived <= loadedFrom))
        {
            events.WaitEnded(slot, time.GetElapsedTime(waiter.Arrived), null);
            waiter.Serve(resident);
        }

        if (slot.Waiters.Count == 0)
            queue.Remove(slot);
        else if (slot.Load is null && !queue.Contains(slot))
            queue.Add(slot);
    }

    private void FailWaiters(ModelSlot slot, Exception error, Func<ModelWaiter, bool>? which = null)
    {
        foreach (var waiter in TakeWaiters(slot, which ?? (static _ => true)))
            Fail(waiter, error);
        if (slot.Waiters.Count == 0)
            NobodyWaits(slot);
    }

    private void Fail(ModelWaiter waiter, Exception error)
    {
        events.WaitEnded(waiter.Slot, time.GetElapsedTime(waiter.Arrived), error);
        waiter.Fail(error);
    }

    private List<ModelWaiter> TakeWaiters(ModelSlot slot, Func<ModelWaiter, bool> which)
    {
        var taken = slot.Waiters.Where(which).ToList();
        if (taken.Count == slot.Waiters.Count)
            slot.Waiters.Clear();
        else
            slot.Waiters.RemoveAll(waiter => which(waiter));
        waiting -= taken.Count;
        return taken;
    }

    /// <summary>A change of the state: holds the lock, and tells what has happened once it has let go of it.</summary>
    private readonly ref struct Change
    {
        private readonly ModelScheduler scheduler;

        public Change(ModelScheduler scheduler)
        {
            this.scheduler = scheduler;
            scheduler.Gate.Enter();
        }

        public void Dispose()
        {
            scheduler.Gate.Exit();
            scheduler.events.Tell();
        }
    }
}
