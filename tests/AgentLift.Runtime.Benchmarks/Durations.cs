using System.Diagnostics;

namespace AgentLift.Runtime.Benchmarks;

/// <summary>Measured durations in microseconds, and their percentiles by nearest rank.</summary>
internal sealed class Durations
{
    private readonly List<double> all = [];

    public int Count => all.Count;

    /// <summary>Adds the time since a time stamp, or the mean of so many equal parts of it.</summary>
    public void AddSince(long timestamp, int parts = 1) => all.Add(Stopwatch.GetElapsedTime(timestamp).TotalMicroseconds / parts);

    public double Percentile(double percent) => all.Order().ElementAt((int)Math.Ceiling(percent / 100 * all.Count) - 1);
}
