using System.Diagnostics.Metrics;
using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Monitoring;

/// <summary>All series of one name. There are at most so many of them; what comes beyond is counted in one more.</summary>
internal sealed class MetricFamily(string name, string help, InstrumentShape shape, double[] buckets, int maxSeries, ILogger logger)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, MetricSeries> series = new(StringComparer.Ordinal);
    private readonly HashSet<Instrument> instruments = [];
    private MetricSeries? overflow;
    private bool told;

    public string Name => name;

    public string Help => help;

    public InstrumentKind Kind => shape.Kind;

    public bool IsObservable => shape.IsObservable;

    public double[] Buckets => buckets;

    /// <summary>Instruments of the same name in several meters share their series.</summary>
    public HashSet<Instrument> Instruments => instruments;

    /// <summary>The series of these labels, or the one that all further ones are counted in.</summary>
    public MetricSeries Find(string labels)
    {
        lock (gate)
        {
            if (series.TryGetValue(labels, out var known))
                return known;
            if (series.Count < maxSeries)
                return series[labels] = new MetricSeries(labels, Kind, buckets);
        }

        return Overflow();
    }

    public MetricSeries Overflow()
    {
        lock (gate)
        {
            overflow ??= new MetricSeries(MetricLabels.Overflow, Kind, buckets);
            if (told)
                return overflow;
            told = true;
        }

        MonitoringLog.SeriesOverflow(logger, name, maxSeries);
        return overflow;
    }

    /// <summary>Forgets all series, before an observable instrument tells what there is now.</summary>
    public void Clear()
    {
        lock (gate)
        {
            series.Clear();
            overflow = null;
        }
    }

    /// <summary>The series, sorted by their labels.</summary>
    public MetricSeries[] Read()
    {
        lock (gate)
        {
            var all = series.Values.OrderBy(one => one.Labels, StringComparer.Ordinal);
            return overflow is null ? [.. all] : [.. all, overflow];
        }
    }
}
