using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Models;

/// <summary>The models of one process: the scheduler, the managers over it, and the weights that they share.</summary>
internal sealed class ModelPool : IAsyncDisposable
{
    private readonly Lock registration = new();
    private readonly Dictionary<SharedWeights, ModelSlot> shared = [];

    // Read while managers are made, by who scrapes metrics or asks for health.
    private ImmutableArray<ModelManagerContext> managers = [];
    private readonly ModelMetrics metrics;

    /// <summary>Makes a pool without managers.</summary>
    /// <param name="options">How models share devices.</param>
    /// <param name="memory">Reads devices; what this machine has where <see langword="null"/>.</param>
    /// <param name="loggers">Where logs go.</param>
    /// <param name="meters">Makes meters; <see langword="null"/> without a host.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">Nothing says how large a device is.</exception>
    public ModelPool(ModelSchedulingOptions options, IDeviceMemory? memory, ILoggerFactory loggers, IMeterFactory? meters, TimeProvider time)
    {
        Options = options;
        memory ??= DeviceMemory.Detect(loggers, time);
        var budgets = DeviceBudgets.Of(options, memory).ToList();
        metrics = new ModelMetrics(meters, Models, Devices);
        Scheduler = new ModelScheduler(options, budgets, memory, new SchedulerReport(loggers.CreateLogger<ModelManager>(), metrics), time);
    }

    public ModelSchedulingOptions Options { get; }

    public ModelScheduler Scheduler { get; }

    public IReadOnlyList<ModelManagerContext> Managers => managers;

    /// <summary>The manager of a name, in any case; <see langword="null"/> where there is none.</summary>
    public ModelManagerContext? Find(string manager) => managers.FirstOrDefault(known => string.Equals(known.Name, manager, StringComparison.OrdinalIgnoreCase));

    /// <summary>Makes the context of a manager.</summary>
    /// <param name="manager">Its name.</param>
    /// <param name="isOwner">Whether the pool ends with it.</param>
    /// <exception cref="InvalidOperationException">There is a manager of that name.</exception>
    public ModelManagerContext ContextFor(string manager, bool isOwner = false)
    {
        lock (registration)
        {
            if (Find(manager) is not null)
                throw new InvalidOperationException($"A model manager called {manager} is there already; give one of them another name with [ModelManager(Name = \"...\")].");
            var context = new ModelManagerContext(manager, this, isOwner);
            managers = managers.Add(context);
            return context;
        }
    }

    /// <summary>The weights of a definition: those of another with the same, or new ones.</summary>
    /// <exception cref="ArgumentException">A device is none of the process's.</exception>
    public ModelSlot<T> SlotOf<T>(string manager, ModelDefinition definition, IModelLoader<T> loader)
        where T : class
    {
        var key = SharedWeights.Of(definition, typeof(T), loader is WarmingLoader<T> warming ? warming.Inner : loader.GetType());
        lock (registration)
        {
            if (key is not null && shared.TryGetValue(key, out var known))
            {
                lock (Scheduler.Gate)
                    known.ShareWith(definition);
                return (ModelSlot<T>)known;
            }

            var slot = new ModelSlot<T>(Scheduler, manager, definition, LoadRung.Of(definition, Scheduler.Ledgers), loader);
            Scheduler.Add(slot);
            if (key is not null)
                shared[key] = slot;
            return slot;
        }
    }

    /// <summary>Where each model of each manager stands.</summary>
    public IReadOnlyList<ModelStatus> Models() => [.. managers.SelectMany(manager => manager.Status())];

    /// <summary>Where each device stands.</summary>
    public IReadOnlyList<ModelDeviceStatus> Devices() => Scheduler?.DeviceStatus() ?? []; // Metrics are there a moment before it.

    public async ValueTask DisposeAsync()
    {
        await Scheduler.DisposeAsync().ConfigureAwait(false);
        metrics.Dispose();
    }

    /// <summary>What two definitions must have in common to be loaded once. Who asks for other devices or another precision gets weights of his own.</summary>
    private sealed record SharedWeights(string Key, Type Model, Type Loader, ModelPrecision Precision, string Devices)
    {
        public static SharedWeights? Of(ModelDefinition definition, Type model, Type loader) => (definition.SharedAs ?? definition.Path) is { } key
            ? new SharedWeights(key, model, loader, definition.Precision, string.Join(' ', definition.Devices))
            : null;
    }
}
