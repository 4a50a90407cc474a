using System.Diagnostics;
using System.Diagnostics.Metrics;
using AgentLift.Runtime.Diagnostics;

namespace AgentLift.Runtime.Models;

/// <summary>
/// The figures of the models of one scheduler, named by the conventions of OpenTelemetry. A lease of a loaded model records nothing: leases, queues and
/// devices are observed, that is, read from the scheduler when somebody asks.
/// </summary>
internal sealed class ModelMetrics : IDisposable
{
    // A meter of the whole process would keep the scheduler alive by what it observes; that of a host goes with the host.
    private readonly Meter? own;
    private readonly Histogram<double> loads;
    private readonly Histogram<double> waits;
    private readonly Counter<long> evictions;
    private readonly Counter<long> outOfMemory;

    /// <param name="meters">Makes meters; <see langword="null"/> without a host.</param>
    /// <param name="models">Where each model stands. Called from any thread; must not wait.</param>
    /// <param name="devices">Where each device stands. Called from any thread; must not wait.</param>
    public ModelMetrics(IMeterFactory? meters, Func<IReadOnlyList<ModelStatus>> models, Func<IReadOnlyList<ModelDeviceStatus>> devices)
    {
        var meter = meters?.Create(AgentMetrics.MeterName) ?? (own = new Meter(AgentMetrics.MeterName));
        loads = meter.CreateHistogram("model.load.duration", "s", "Duration of loads of models.", null, AgentMetrics.LoadSeconds);
        waits = meter.CreateHistogram("model.acquire.wait.duration", "s", "How long callers waited for a model that was not loaded, with its load.", null, AgentMetrics.LoadSeconds);
        evictions = meter.CreateCounter<long>("model.evictions", "{eviction}", "Models that left their device.");
        outOfMemory = meter.CreateCounter<long>("model.out_of_memory", "{failure}", "Loads and runs for which a device had no memory.");
        Observe("model.queue.length", "{caller}", "Callers that wait for a model.", () => Weights().Select(model => new Measurement<long>(model.Waiting, Of(model.Manager, model.Name))));
        Observe("model.leases", "{lease}", "Leases of models that have not ended.", () => Weights().Select(model => new Measurement<long>(model.Leases, Of(model.Manager, model.Name))));
        Observe("model.device.budget", "By", "Memory that models may take on a device.", () => devices().Select(device => new Measurement<long>(device.BudgetBytes, Of(device.Device))));
        Observe("model.device.loaded", "By", "Memory of the models on a device.", () => devices().Select(device => new Measurement<long>(device.LoadedBytes, Of(device.Device))));
        Observe("model.device.reserved", "By", "Memory held on a device for loads under way.", () => devices().Select(device => new Measurement<long>(device.ReservedBytes, Of(device.Device))));

        // Weights that managers share are counted once, with the model that declared them first.
        IEnumerable<ModelStatus> Weights() => models().Where(model => model.SharedWith is null);

        // Sums over devices and models mean something, so that these are no gauges.
        void Observe(string name, string unit, string description, Func<IEnumerable<Measurement<long>>> read) =>
            meter.CreateObservableUpDownCounter(name, read, unit, description);
    }

    /// <summary>A load ended.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="model">The model's name within it.</param>
    /// <param name="device">Where it was loaded to.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="error">Why it failed; <see langword="null"/> where it did not.</param>
    public void LoadEnded(string manager, string model, ModelDevice device, TimeSpan duration, Exception? error) =>
        loads.Record(duration.TotalSeconds, With(error, [.. Of(manager, model), .. Of(device)]));

    /// <summary>A caller that found the model not loaded has it now, or was told why not.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="model">The model's name within it.</param>
    /// <param name="duration">How long it waited.</param>
    /// <param name="error">What it was told instead; <see langword="null"/> where it has the model.</param>
    public void WaitEnded(string manager, string model, TimeSpan duration, Exception? error)
    {
        if (waits.Enabled)
            waits.Record(duration.TotalSeconds, With(error, Of(manager, model)));
    }

    /// <summary>A model left its device.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="model">The model's name within it.</param>
    /// <param name="device">Where it lay.</param>
    /// <param name="reason">Why.</param>
    public void Evicted(string manager, string model, ModelDevice device, ModelEvictionReason reason) =>
        evictions.Add(1, [.. Of(manager, model), .. Of(device), new("model.eviction.reason", NameOf(reason))]);

    /// <summary>A device had no memory for a load or a run.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="model">The model's name within it.</param>
    /// <param name="device">The device.</param>
    public void OutOfMemory(string manager, string model, ModelDevice device) => outOfMemory.Add(1, [.. Of(manager, model), .. Of(device)]);

    /// <summary>Ends what is observed, where no host does.</summary>
    public void Dispose() => own?.Dispose();

    private static KeyValuePair<string, object?>[] Of(string manager, string model) => [new("model.manager", manager), new("model.name", model)];

    private static KeyValuePair<string, object?>[] Of(ModelDevice device) => [new("device.name", device.ToString())];

    // One type would hide what a load failed of: memory and a missing library ask for different help.
    private static KeyValuePair<string, object?>[] With(Exception? error, KeyValuePair<string, object?>[] tags) => error switch
    {
        null => tags,
        ModelLoadException load => [.. tags, new("error.type", load.Kind.ToString())],
        _ => [.. tags, new("error.type", error.GetType().FullName)],
    };

    private static string NameOf(ModelEvictionReason reason) => reason switch
    {
        ModelEvictionReason.Room => "room",
        ModelEvictionReason.Idle => "idle",
        ModelEvictionReason.Unload => "unload",
        ModelEvictionReason.Reload => "reload",
        ModelEvictionReason.OverBudget => "over_budget",
        ModelEvictionReason.Stop => "stop",
        _ => throw new UnreachableException(),
    };
}
