using System.Buffers;
using System.Diagnostics.Metrics;
using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Monitoring;

/// <summary>Listens to the meters of one host and holds what they say until it is asked for.</summary>
internal sealed class MetricStore : IDisposable
{
    // The defaults of OpenTelemetry: of its semantic conventions for durations, of its SDK for anything else.
    private static readonly double[] SecondBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    private static readonly double[] OtherBuckets = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private readonly Lock familiesGate = new();
    private readonly Lock scrapeGate = new();
    private readonly SortedDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();
    private readonly MonitoredMeters meters;
    private readonly ServiceIdentity identity;
    private readonly int maxSeries;
    private readonly ILogger logger;

    public MetricStore(MonitoredMeters meters, ServiceIdentity identity, int maxSeries, ILogger logger)
    {
        this.meters = meters;
        this.identity = identity;
        this.maxSeries = maxSeries;
        this.logger = logger;
        listener.InstrumentPublished = (instrument, _) => Publish(instrument);
        listener.MeasurementsCompleted = (instrument, source) => Complete(instrument, (source as MetricSource)?.Family);
        listener.SetMeasurementEventCallback<byte>(static (_, value, tags, source) => Record(source, value, tags));
        listener.SetMeasurementEventCallback<short>(static (_, value, tags, source) => Record(source, value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, source) => Record(source, value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, source) => Record(source, value, tags));
        listener.SetMeasurementEventCallback<float>(static (_, value, tags, source) => Record(source, value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, source) => Record(source, value, tags));
        listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, source) => Record(source, (double)value, tags));
        listener.Start();
    }

    /// <summary>Asks the observable instruments, and writes all figures in the text format of Prometheus.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        // One scrape at a time: observable figures are those of the scrape that asks for them.
        lock (scrapeGate)
        {
            foreach (var family in Families().Where(family => family.IsObservable))
                family.Clear();
            Observe();
            var text = new PrometheusWriter(output);
            text.WriteTarget(identity);
            foreach (var family in Families())
                text.Write(family);
        }
    }

    public void Dispose() => listener.Dispose();

    private static void Record(object? source, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => ((MetricSource)source!).Record(value, tags);

    private void Observe()
    {
        try
        {
            listener.RecordObservableInstruments();
        }
        catch (AggregateException error)
        {
            // The other instruments have been asked all the same.
            MonitoringLog.ObservationFailed(logger, error);
        }
    }

    private MetricFamily[] Families()
    {
        lock (familiesGate)
            return [.. families.Values];
    }

    private void Publish(Instrument instrument)
    {
        if (!meters.Include(instrument.Meter) || InstrumentShape.Of(instrument) is not { } shape)
            return;
        var name = PrometheusName.Of(instrument.Name, instrument.Unit, shape.Kind);
        MetricFamily? family;
        lock (familiesGate)
        {
            if (!families.TryGetValue(name, out family))
                families[name] = family = new MetricFamily(name, HelpOf(instrument), shape, shape.Buckets ?? (instrument.Unit == "s" ? SecondBuckets : OtherBuckets), maxSeries, logger);
            if (family.Kind == shape.Kind && family.IsObservable == shape.IsObservable)
                family.Instruments.Add(instrument);
            else
                family = null;
        }

        if (family is null)
            MonitoringLog.NameTaken(logger, instrument.Name, instrument.Meter.Name, name);
        else
            listener.EnableMeasurementEvents(instrument, new MetricSource(family, instrument, maxSeries));
    }

    private void Complete(Instrument instrument, MetricFamily? family)
    {
        lock (familiesGate)
        {
            if (family is not null && family.Instruments.Remove(instrument) && family.Instruments.Count == 0)
                families.Remove(family.Name);
        }
    }

    private static string HelpOf(Instrument instrument) =>
        string.IsNullOrWhiteSpace(instrument.Description) ? $"{instrument.Name} of {instrument.Meter.Name}." : instrument.Description;
}
