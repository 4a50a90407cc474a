namespace AgentLift.Runtime.Monitoring;

/// <summary>The measurements of one combination of tags.</summary>
/// <param name="labels">Its labels, as they stand between the braces.</param>
/// <param name="kind">How its measurements add up.</param>
/// <param name="buckets">The upper ends of a histogram's buckets, without the last, which has none.</param>
internal sealed class MetricSeries(string labels, InstrumentKind kind, double[] buckets)
{
    private readonly Lock gate = new();
    private readonly long[] counts = kind == InstrumentKind.Histogram ? new long[buckets.Length + 1] : [];
    private double sum;

    public string Labels { get; } = labels;

    public void Record(double value)
    {
        // A sum with "not a number" in it stays so for ever, and a counter that falls would look like a restart.
        if (kind != InstrumentKind.Gauge && double.IsNaN(value) || kind == InstrumentKind.Counter && value < 0)
            return;
        lock (gate)
        {
            if (kind == InstrumentKind.Histogram)
                counts[BucketOf(value)]++;
            sum = kind == InstrumentKind.Gauge ? value : sum + value;
        }
    }

    /// <summary>The sum or the last value, and how many measurements each bucket of a histogram holds by itself.</summary>
    public (double Value, long[] Counts) Read()
    {
        lock (gate)
            return (sum, counts.Length == 0 ? [] : [.. counts]);
    }

    // The upper end belongs to its bucket: "le" is less or equal.
    private int BucketOf(double value)
    {
        var found = Array.BinarySearch(buckets, value);
        return found < 0 ? ~found : found;
    }
}
