using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentLift.Benchmarks;

/// <summary>One build from scratch, with what the compiler says of its analyzers.</summary>
/// <param name="WallSeconds">Whole `dotnet build`, in seconds.</param>
/// <param name="AnalyzerSeconds">The compiler's own figure for the time of all analyzers, over all threads.</param>
internal sealed partial record TimedBuild(double WallSeconds, double AnalyzerSeconds)
{
    public static TimedBuild Run(string folder, string project)
    {
        var clock = Stopwatch.StartNew();
        var output = Dotnet(
            folder, "build", project, "--no-restore", "--no-incremental", "-v:d", "-tl:off", "-nr:false",
            "-p:UseSharedCompilation=false", "-p:ReportAnalyzer=true", "-clp:NoSummary");
        clock.Stop();
        var total = TotalTime().Match(output);
        return new TimedBuild(clock.Elapsed.TotalSeconds, total.Success ? double.Parse(total.Groups[1].Value, CultureInfo.InvariantCulture) : 0);
    }

    public static string Dotnet(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed:\n" + string.Join('\n', output.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Take(10)));
    }

    [GeneratedRegex(@"Total analyzer execution time: ([0-9.]+) seconds")]
    private static partial Regex TotalTime();
}
