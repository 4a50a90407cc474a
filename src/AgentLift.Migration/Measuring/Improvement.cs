using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;

namespace AgentLift.Migration.Measuring;

/// <summary>By how much a median fell, in percent of what it was before, and between which bounds that is sure to 95 %. Negative where it rose.</summary>
/// <param name="Percent">The improvement of the medians that were seen.</param>
/// <param name="Lowest">Lower bound of the interval.</param>
/// <param name="Highest">Upper bound of the interval.</param>
public sealed record Improvement(double Percent, double Lowest, double Highest)
{
    /// <summary>From here on the target of a deployed pattern is reached, in percent (SPEC section 4).</summary>
    public const double TargetPercent = 40;

    /// <summary>From here on an improvement is acceptable, in percent (SPEC section 4).</summary>
    public const double AcceptablePercent = 20;

    /// <summary>Below this it is a regression, in percent (SPEC section 4).</summary>
    public const double RegressionPercent = -5;

    private const int Resamples = 10_000;
    private const int Seed = 1;
    private const double Tail = 0.025;

    /// <summary>The band that the measured improvement lies in, whether or not that is clear.</summary>
    public ImprovementBand Band => BandOf(Percent);

    /// <summary>Whether the whole interval lies in one band.</summary>
    public bool IsClear => BandOf(Lowest) == BandOf(Highest);

    /// <summary>Whether a threshold is reached: yes or no where the interval leaves no doubt, else <see langword="null"/>.</summary>
    /// <param name="percent">The threshold.</param>
    public bool? Reaches(double percent) => Lowest >= percent ? true : Highest < percent ? false : null;

    /// <summary>
    /// Works out the improvement. The interval is a percentile bootstrap over pairs: pairs of runs are drawn anew, with a fixed seed,
    /// and the medians compared each time. What slowed the machine down for a while slowed both runs of a pair, so pairs stay together
    /// (Efron and Tibshirani, An Introduction to the Bootstrap, chapters 8 and 13).
    /// </summary>
    /// <param name="before">A value for each run of the form before.</param>
    /// <param name="after">A value for each run of the form after, as many.</param>
    /// <returns>The improvement; <see langword="null"/> where a run of the form before took nothing.</returns>
    /// <exception cref="ArgumentException">There are no runs, or not as many of the one as of the other.</exception>
    public static Improvement? Of(IReadOnlyList<double> before, IReadOnlyList<double> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Count == 0 || before.Count != after.Count)
            throw new ArgumentException("runs come in pairs", nameof(after));
        if (before.Any(value => value <= 0))
            return null;

        var random = new MersenneTwister(Seed);
        var drawn = new double[Resamples];
        var (old, @new) = (new double[before.Count], new double[after.Count]);
        for (var i = 0; i < Resamples; i++)
        {
            for (var k = 0; k < old.Length; k++)
            {
                var pair = random.Next(before.Count);
                (old[k], @new[k]) = (before[pair], after[pair]);
            }

            // In place, which reorders the buffers and nothing else.
            drawn[i] = PercentOf(ArrayStatistics.MedianInplace(old), ArrayStatistics.MedianInplace(@new));
        }

        return new Improvement(PercentOf(before.Median(), after.Median()), ArrayStatistics.QuantileInplace(drawn, Tail), ArrayStatistics.QuantileInplace(drawn, 1 - Tail));
    }

    /// <summary>The band of a percentage.</summary>
    public static ImprovementBand BandOf(double percent) => percent switch
    {
        >= TargetPercent => ImprovementBand.Target,
        >= AcceptablePercent => ImprovementBand.Acceptable,
        >= RegressionPercent => ImprovementBand.TooSmall,
        _ => ImprovementBand.Regression,
    };

    private static double PercentOf(double before, double after) => 100 * (before - after) / before;
}
