using System.Collections.Immutable;

namespace AgentLift.Migration.ParallelRun;

/// <summary>What a parallel run says about the new form of an agent.</summary>
/// <param name="Transcript">What was asked.</param>
/// <param name="Old">The old form.</param>
/// <param name="New">The new form.</param>
/// <param name="Differences">Where the new form behaves otherwise; empty where it does not.</param>
public sealed record Comparison(Transcript Transcript, Observation Old, Observation New, ImmutableArray<Difference> Differences)
{
    /// <summary>How many answers were compared.</summary>
    public int Answers => Old.Exchanges.Sum(exchange => exchange.Answers.Length);

    /// <summary>By how much the median answer takes longer than before: 0.15 is 15 % longer; negative is shorter.</summary>
    public double Slowdown => (Median(New.Latencies) / Median(Old.Latencies)) - 1;

    /// <summary>The median of durations, in milliseconds; not a number where there are none.</summary>
    public static double Median(IEnumerable<TimeSpan> durations) => Percentile(durations, 0.5);

    /// <summary>The value that a share of durations does not exceed, in milliseconds; not a number where there are none.</summary>
    public static double Percentile(IEnumerable<TimeSpan> durations, double share)
    {
        var sorted = durations.Select(duration => duration.TotalMilliseconds).Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }
}

/// <summary>One place where the new form behaves otherwise.</summary>
/// <param name="Line">The line of the transcript, from 1; 0 for what belongs to no request.</param>
/// <param name="Request">The request, shortened.</param>
/// <param name="Old">What the old form did.</param>
/// <param name="New">What the new form did.</param>
public sealed record Difference(int Line, string Request, string Old, string New);
