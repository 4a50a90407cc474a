namespace AgentLift.Runtime.Models;

/// <summary>
/// How many other uses lay between two uses of a model, in bins of half an octave; older ones count less. Counted in uses and not in seconds, a night without
/// work changes nothing.
/// </summary>
/// <param name="decay">What a gap counts after one more, between 0 and 1.</param>
internal sealed class GapHistogram(double decay)
{
    public const int Bins = 40;

    private const double LargestUnit = 1e100;

    private readonly double[] counts = new double[Bins];

    // Instead of all old gaps counting less, each new one counts more.
    private double unit = 1;
    private double total;

    public double Total => total / unit;

    public double this[int bin] => counts[bin] / unit;

    public void Add(long gap)
    {
        unit /= decay;
        counts[BinOf(gap)] += unit;
        total += unit;
        if (unit > LargestUnit)
            Rescale();
    }

    public static int BinOf(long gap) => gap <= 1 ? 0 : Math.Min(Bins - 1, (int)(2 * Math.Log2(gap)));

    public static double LowerEdge(int bin) => Math.Pow(2, bin / 2.0);

    public static double Middle(int bin) => Math.Pow(2, (bin + 0.5) / 2);

    private void Rescale()
    {
        for (var bin = 0; bin < Bins; bin++)
            counts[bin] /= unit;
        total /= unit;
        unit = 1;
    }
}
