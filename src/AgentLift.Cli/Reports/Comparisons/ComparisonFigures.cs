using System.Globalization;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Cli.Reports.Comparisons;

/// <summary>The figures of a parallel run that every form of its report shows, old beside new.</summary>
internal static class ComparisonFigures
{
    private const double BytesOfMegabyte = 1024 * 1024;

    public static IEnumerable<(string What, string Old, string New)> Of(Comparison comparison)
    {
        yield return Row(comparison, "start to ready", side => Milliseconds(side.StartToReady.TotalMilliseconds));
        yield return Row(comparison, "answer, median", side => Milliseconds(Comparison.Median(side.Latencies)));
        yield return Row(comparison, "answer, 95th percentile", side => Milliseconds(Comparison.Percentile(side.Latencies, 0.95)));
        yield return Row(comparison, "threads, peak", side => side.PeakThreads.ToString(CultureInfo.InvariantCulture));
        yield return Row(comparison, "memory, peak", side => string.Create(CultureInfo.InvariantCulture, $"{side.PeakMemory / BytesOfMegabyte:0} MiB"));
        yield return Row(comparison, "exit code", side => side.Exit.Code?.ToString(CultureInfo.InvariantCulture) ?? "had to be killed");
        yield return Row(comparison, "signal to end", side => Milliseconds(side.Exit.After.TotalMilliseconds));
    }

    /// <summary>How it came out, in a sentence.</summary>
    public static string Verdict(Comparison comparison) => comparison.Differences.Length switch
    {
        0 => $"{comparison.Transcript.Agent}: all {comparison.Answers} answers are the same.",
        1 => $"{comparison.Transcript.Agent}: 1 difference in {comparison.Answers} answers.",
        var count => $"{comparison.Transcript.Agent}: {count} differences in {comparison.Answers} answers.",
    };

    private static (string What, string Old, string New) Row(Comparison comparison, string what, Func<Observation, string> figure) =>
        (what, figure(comparison.Old), figure(comparison.New));

    private static string Milliseconds(double value) => double.IsNaN(value) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ms");
}
