using System.Diagnostics.Metrics;
using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AgentLift.Runtime.Tests.Models;

public sealed class ModelMetricsTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener listener = new();
    private readonly List<string> figures = [];
    private readonly ModelMetrics metrics;

    public ModelMetricsTests()
    {
        var meters = services.GetRequiredService<IMeterFactory>();
        metrics = new ModelMetrics(
            meters,
            () =>
            [
                ModelStatuses.Loaded("vision", "resnet50") with { Leases = 2, Waiting = 3 },
                ModelStatuses.Loaded("search", "embedder") with { Leases = 2, Waiting = 3, SharedWith = "vision/resnet50" },
            ],
            () => [new ModelDeviceStatus(ModelDevice.Cuda(0), 1_000, 600, 100), new ModelDeviceStatus(ModelDevice.Cpu, 500, 0, 0)]);
        Listen(listener, figures, instrument => instrument.Meter.Scope == meters);
    }

    [Fact]
    public void A_load_is_timed_with_what_it_failed_of()
    {
        metrics.LoadEnded("vision", "resnet50", ModelDevice.Cuda(1), TimeSpan.FromSeconds(2.5), error: null);
        metrics.LoadEnded("vision", "resnet50", ModelDevice.Cpu, TimeSpan.FromSeconds(1), new IOException("no disk"));
        metrics.LoadEnded("vision", "resnet50", ModelDevice.Cpu, TimeSpan.FromSeconds(1), new ModelLoadException("vision", "resnet50", "full", ModelFailureKind.OutOfMemory));

        figures.ShouldBe(
        [
            "model.load.duration 2.5 model.manager=vision model.name=resnet50 device.name=cuda:1",
            "model.load.duration 1 model.manager=vision model.name=resnet50 device.name=cpu error.type=System.IO.IOException",
            "model.load.duration 1 model.manager=vision model.name=resnet50 device.name=cpu error.type=OutOfMemory",
        ]);
    }

    [Fact]
    public void A_wait_is_timed()
    {
        metrics.WaitEnded("vision", "resnet50", TimeSpan.FromSeconds(0.5), error: null);
        metrics.WaitEnded("vision", "resnet50", TimeSpan.FromSeconds(30), new ModelQueueFullException("resnet50", 1));

        figures.ShouldBe(
        [
            "model.acquire.wait.duration 0.5 model.manager=vision model.name=resnet50",
            "model.acquire.wait.duration 30 model.manager=vision model.name=resnet50 error.type=AgentLift.Runtime.ModelQueueFullException",
        ]);
    }

    [Fact]
    public void Evictions_are_counted_by_their_reason()
    {
        foreach (var reason in Enum.GetValues<ModelEvictionReason>())
            metrics.Evicted("vision", "resnet50", ModelDevice.Cuda(0), reason);

        figures.ShouldBe(new[] { "room", "idle", "unload", "reload", "over_budget", "stop" }
            .Select(reason => $"model.evictions 1 model.manager=vision model.name=resnet50 device.name=cuda:0 model.eviction.reason={reason}"));
    }

    [Fact]
    public void A_device_without_memory_is_counted()
    {
        metrics.OutOfMemory("vision", "resnet50", ModelDevice.Cuda(0));

        figures.ShouldBe(["model.out_of_memory 1 model.manager=vision model.name=resnet50 device.name=cuda:0"]);
    }

    [Fact]
    public void Queues_leases_and_devices_are_read_when_somebody_asks()
    {
        listener.RecordObservableInstruments();

        figures.Order(StringComparer.Ordinal).ShouldBe(
        [
            "model.device.budget 1000 device.name=cuda:0",
            "model.device.budget 500 device.name=cpu",
            "model.device.loaded 0 device.name=cpu",
            "model.device.loaded 600 device.name=cuda:0",
            "model.device.reserved 0 device.name=cpu",
            "model.device.reserved 100 device.name=cuda:0",
            "model.leases 2 model.manager=vision model.name=resnet50",
            "model.queue.length 3 model.manager=vision model.name=resnet50",
        ]);
    }

    [Fact]
    public void Without_a_host_figures_are_observed_until_the_scheduler_is_disposed_of()
    {
        var reads = 0;
        using var alone = new MeterListener();
        var standalone = new ModelMetrics(meters: null, () => Read<ModelStatus>(), () => Read<ModelDeviceStatus>());
        Listen(alone, [], instrument => instrument.Meter.Scope is null && instrument.IsObservable);

        alone.RecordObservableInstruments();
        var before = reads;
        standalone.Dispose();
        alone.RecordObservableInstruments();

        before.ShouldBe(5);
        reads.ShouldBe(before);

        T[] Read<T>()
        {
            Interlocked.Increment(ref reads);
            return [];
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        metrics.Dispose();
        services.Dispose();
    }

    private static void Listen(MeterListener listener, List<string> figures, Func<Instrument, bool> include)
    {
        listener.InstrumentPublished = (instrument, subscriber) =>
        {
            if (instrument.Meter.Name == AgentMetrics.MeterName && include(instrument))
                subscriber.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => figures.Add(Text(instrument, value, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => figures.Add(Text(instrument, value, tags)));
        listener.Start();
    }

    private static string Text(Instrument instrument, object value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Prepend($"{instrument.Name} {value}"));
}
