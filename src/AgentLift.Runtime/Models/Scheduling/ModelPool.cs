using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Models;

/// <summary>The models of one process: the scheduler, the managers over it, and the weights that they share.</summary>
internal sealed class ModelPool : IAsyncDisposable
{
    private readonly Dictionary<SharedWeights, ModelSlot> shared = [];
    private readonly List<ModelManagerContext> managers = [];

    public ModelPool(ModelSchedulingOptions options, IDeviceMemory memory, ISchedulerEvents events, TimeProvider time)
    {
        Options = options;
        Scheduler = new ModelScheduler(options, DeviceBudgets.Of(options, memory), memory, events, time);
    }

    /// <summary>Makes a pool for this machine.</summary>
    public static ModelPool Create(ModelSchedulingOptions options, IDeviceMemory? memory, ILoggerFactory? loggers, IMeterFactory? meters, TimeProvider? time) =>
        new(options, memory ?? new LedgerOnly(), new NoEvents(), time ?? TimeProvider.System);

    public ModelSchedulingOptions Options { get; }

    public ModelScheduler Scheduler { get; }

    public IReadOnlyList<ModelManagerContext> Managers => managers;

    /// <summary>Makes the context of a manager.</summary>
    /// <exception cref="InvalidOperationException">There is a manager of that name.</exception>
    public ModelManagerContext ContextFor(string manager)
    {
        if (managers.Any(other => string.Equals(other.Name, manager, StringComparison.OrdinalIgnoreCase)))
            throw new InvalidOperationException($"A model manager called {manager} is there already; give one of them another name with [ModelManager(Name = \"...\")].");
        var context = new ModelManagerContext(manager, this);
        managers.Add(context);
        return context;
    }

    /// <summary>The weights of a definition: those of another with the same, or new ones.</summary>
    /// <exception cref="ArgumentException">A device is none of the process's.</exception>
    public ModelSlot<T> SlotOf<T>(string manager, ModelDefinition definition, IModelLoader<T> loader)
        where T : class
    {
        var key = SharedWeights.Of(definition, typeof(T), loader.GetType());
        if (key is not null && shared.TryGetValue(key, out var known))
            return (ModelSlot<T>)known;
        var slot = new ModelSlot<T>(Scheduler, manager, definition, LoadRung.Of(definition, Scheduler.Ledgers), loader);
        Scheduler.Add(slot);
        if (key is not null)
            shared[key] = slot;
        return slot;
    }

    public ValueTask DisposeAsync() => Scheduler.DisposeAsync();

    /// <summary>What two definitions must have in common to be loaded once. Who asks for other devices or another precision gets weights of his own.</summary>
    private sealed record SharedWeights(string Key, Type Model, Type Loader, ModelPrecision Precision, string Devices)
    {
        public static SharedWeights? Of(ModelDefinition definition, Type model, Type loader) => (definition.SharedAs ?? definition.Path) is { } key
            ? new SharedWeights(key, model, loader, definition.Precision, string.Join(' ', definition.Devices))
            : null;
    }
}

internal sealed class LedgerOnly : IDeviceMemory
{
    public IReadOnlyList<ModelDevice> Devices => [];

    public DeviceMemoryReading? Read(ModelDevice device) => null;
}

internal sealed class NoEvents : ISchedulerEvents
{
    public void Loaded(ResidentModel resident, long expectedBytes, TimeSpan duration) { }

    public void LoadFailed(ModelLoad load, ModelLoadException error, TimeSpan duration) { }

    public void OutOfMemory(ModelLoad load, Exception error, OutOfMemoryRecovery next) { }

    public void Leaves(ResidentModel resident, TimeSpan idle) { }

    public void ReleaseFailed(ResidentModel resident, Exception error) { }

    public void Waited(ModelSlot slot, TimeSpan duration) { }

    public void TimedOut(ModelSlot slot, string reason) { }
}
