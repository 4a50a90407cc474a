namespace AgentLift.Runtime.Benchmarks;

/// <summary>Figures of several rounds as one.</summary>
internal static class Statistics
{
    public static double Median(this IEnumerable<double> rounds)
    {
        var ordered = rounds.Order().ToArray();
        var middle = ordered.Length / 2;
        return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }
}
