using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>A scheduler on one thread: loads, releases and timers run when simulated time comes to them, always in the same order.</summary>
internal class SchedulerSimulation
{
    private readonly Queue<(Func<Task> Work, TaskCompletionSource Done)> dispatched = new();

    public SchedulerSimulation(ModelSchedulingOptions options, IReadOnlyDictionary<ModelDevice, long> budgets, Func<SimulatedTime, IReadOnlyDictionary<ModelDevice, FakeDevice>> devices, IDeviceMemory? memory = null)
    {
        Devices = devices(Time);
        Scheduler = new ModelScheduler(options, budgets, memory ?? new LedgerOnly(), Events, Time, work =>
        {
            var done = new TaskCompletionSource();
            dispatched.Enqueue((work, done));
            return done.Task;
        });
    }

    public SimulatedTime Time { get; } = new();

    public RecordedEvents Events { get; } = new();

    public IReadOnlyDictionary<ModelDevice, FakeDevice> Devices { get; }

    public ModelScheduler Scheduler { get; }

    public ModelSlot<T> Add<T>(ModelDefinition definition, IModelLoader<T> loader)
        where T : class
    {
        var slot = new ModelSlot<T>(Scheduler, "Models", definition, LoadRung.Of(definition, Scheduler.Ledgers), loader);
        Scheduler.Add(slot);
        return slot;
    }

    /// <summary>Adds a model that takes half a second to load, if nothing else is said.</summary>
    public (ModelSlot<FakeModel> Model, FakeLoader Loader) Add(
        string name, long bytes, Func<ModelDefinition, ModelDefinition>? change = null, TimeSpan? loadTime = null, long? actual = null, Func<bool>? fails = null)
    {
        var loader = new FakeLoader(Time, Devices) { Bytes = actual ?? bytes, LoadTime = loadTime ?? TimeSpan.FromMilliseconds(500), Fails = fails ?? (static () => false) };
        var definition = new ModelDefinition(name) { EstimatedBytes = bytes };
        return (Add(change?.Invoke(definition) ?? definition, loader), loader);
    }

    /// <summary>Runs what has been given to the pool.</summary>
    public void RunDispatched()
    {
        // Under a context, such as that of xunit, what awaits a task goes on on another thread and not at once.
        SynchronizationContext.SetSynchronizationContext(null);
        while (dispatched.TryDequeue(out var next))
        {
            var done = next.Done;
            _ = next.Work().ContinueWith(_ => done.SetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    public void Advance(TimeSpan by)
    {
        RunDispatched();
        Time.Advance(by, RunDispatched);
    }

    /// <summary>Lets time pass until a task has ended.</summary>
    public void RunUntil(Task task)
    {
        RunDispatched();
        while (!task.IsCompleted && Time.HasEvents)
        {
            Time.FireNext();
            RunDispatched();
        }
    }

    /// <summary>Acquires a model, and lets time pass until it has it.</summary>
    public ModelLease<FakeModel> Acquire(ModelSlot<FakeModel> slot)
    {
        var lease = slot.AcquireAsync(default).AsTask();
        RunUntil(lease);
        lease.IsCompleted.ShouldBeTrue($"{slot.Name} is {slot.State}");
        return lease.GetAwaiter().GetResult();
    }
}
