using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AgentLift.Runtime.Monitoring;

/// <summary>Takes the measurements of one instrument to the series of its family. Where the series is known, nothing is allocated.</summary>
internal sealed class MetricSource
{
    private readonly MetricFamily family;
    private readonly KeyValuePair<string, object?>[] fixedTags;
    private readonly int maxKnown;
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries> known = new(TagsComparer.Instance);
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> lookup;
    private int count;

    public MetricSource(MetricFamily family, Instrument instrument, int maxSeries)
    {
        this.family = family;
        fixedTags = [.. instrument.Meter.Tags ?? [], .. instrument.Tags ?? []];
        lookup = known.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();

        // Several sets of tags may have the same labels, such as the number 1 and the text "1".
        maxKnown = 2 * maxSeries;
    }

    public MetricFamily Family => family;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => SeriesOf(tags).Record(value);

    private MetricSeries SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // Series of an observable instrument live for one scrape: what was known is not any more.
        if (family.IsObservable)
            return family.Find(MetricLabels.Of(fixedTags, tags));
        if (lookup.TryGetValue(tags, out var series))
            return series;
        if (Volatile.Read(ref count) >= maxKnown)
            return family.Overflow();
        series = family.Find(MetricLabels.Of(fixedTags, tags));
        if (lookup.TryAdd(tags, series))
            Interlocked.Increment(ref count);
        return series;
    }
}
