using MathNet.Numerics.Statistics;

namespace AgentLift.Migration.Measuring;

/// <summary>The middle of a sample and how far it spreads, by figures that a single slow run does not move.</summary>
/// <param name="Count">How many values.</param>
/// <param name="Median">The median.</param>
/// <param name="Deviation">The median absolute deviation: half of the values lie at most this far from the median.</param>
/// <param name="Lowest">The smallest value.</param>
/// <param name="Highest">The largest value.</param>
public sealed record Spread(int Count, double Median, double Deviation, double Lowest, double Highest)
{
    /// <summary>Describes a sample.</summary>
    /// <param name="values">At least one value.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Spread Of(IEnumerable<double> values)
    {
        var sample = values.ToArray();
        if (sample.Length == 0)
            throw new ArgumentException("a sample has at least one value", nameof(values));
        var median = sample.Median();
        return new Spread(sample.Length, median, sample.Select(value => Math.Abs(value - median)).Median(), sample.Min(), sample.Max());
    }
}
