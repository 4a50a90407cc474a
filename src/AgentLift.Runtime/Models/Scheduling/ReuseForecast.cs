namespace AgentLift.Runtime.Models;

/// <summary>
/// How soon models are used again, learnt from the gaps between their uses. The value of keeping a model is the expected nearness of its next use, given
/// for how long it has not been used: a model whose burst is over is worth little, one that returns after just such a pause is worth much.
/// </summary>
/// <remarks>
/// The constants were chosen on seeded traces (Zipf, scans, bursts, changing favourites, periodic jobs, stacks) at a fifth to three fifths of the memory that all models
/// need; halving or doubling any of them changes the reload time by a few per cent. <c>ModelTraceTests</c> holds the outcome.
/// </remarks>
internal sealed class ReuseForecast
{
    private const double OwnDecay = 0.97;
    private const double AllDecay = 0.997;

    // Gaps of all models stand in for those of one that was not used often yet, with the weight of one gap.
    private const double PriorWeight = 1;

    // That a model is never used again is as likely, before anything was seen, as half a gap.
    private const double NeverWeight = 0.5;

    // Only uses that come before the next few loads matter to an eviction now.
    private const double HorizonInMisses = 0.2;
    private const double MissSmoothing = 0.05;
    private const double FirstMissGap = 10;

    private readonly GapHistogram all = new(AllDecay);
    private double missGap = FirstMissGap;
    private long lastMiss;

    /// <summary>Uses of all models so far.</summary>
    public long Uses { get; private set; }

    /// <summary>Counts a use.</summary>
    /// <param name="history">What is known of the model.</param>
    public void Used(History history)
    {
        Uses++;
        if (history.LastUse is { } last)
        {
            history.Gaps.Add(Uses - last);
            all.Add(Uses - last);
        }

        history.LastUse = Uses;
    }

    /// <summary>Counts a use that had to wait for a load.</summary>
    public void Missed()
    {
        missGap += MissSmoothing * (Uses - lastMiss - missGap);
        lastMiss = Uses;
    }

    /// <summary>The nearness of the model's next use: about 1 where it comes within the horizon, near 0 where it is far.</summary>
    public double Nearness(History history)
    {
        var horizon = Math.Max(1, missGap) * HorizonInMisses;
        var age = (double)(Uses - (history.LastUse ?? 0));
        var first = GapHistogram.BinOf((long)age);
        var prior = all.Total > 0 ? PriorWeight / all.Total : 0;
        double near = NeverWeight * Near(horizon, (2 * age) + FirstMissGap), weight = NeverWeight;
        for (var bin = first; bin < GapHistogram.Bins; bin++)
        {
            var share = history.Gaps[bin] + (prior * all[bin]);
            var gap = GapHistogram.Middle(bin);
            if (bin == first)
            {
                // Of the bin that the age lies in, only what is above the age is still to come.
                double upper = GapHistogram.LowerEdge(bin + 1), lower = GapHistogram.LowerEdge(bin);
                share *= Math.Max(0, (upper - age) / (upper - lower));
                gap = (age + upper) / 2;
            }

            near += share * Near(horizon, Math.Max(0.5, gap - age));
            weight += share;
        }

        return near / weight;
    }

    private static double Near(double horizon, double ahead) => horizon / (horizon + ahead);

    /// <summary>What is known of the uses of one model.</summary>
    internal sealed class History
    {
        public GapHistogram Gaps { get; } = new(OwnDecay);

        public long? LastUse { get; set; }
    }
}
