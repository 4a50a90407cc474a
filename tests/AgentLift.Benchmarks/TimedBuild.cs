using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentLift.Benchmarks;

/// <summary>One build from scratch, with what the compiler says of its analyzers.</summary>
/// <param name="WallSeconds">Whole `dotnet build`, in seconds.</param>
/// <param name="AnalyzerSeconds">The compiler's own figure for the time of the pack's analyzers, over all threads; 0 without a pack.</param>
internal sealed partial record TimedBuild(double WallSeconds, double AnalyzerSeconds)
{
    public static TimedBuild Run(string folder, string project, Pack pack)
    {
        var clock = Stopwatch.StartNew();
        var output = Dotnet(
            folder, "build", project, "--no-restore", "--no-incremental", "-v:d", "-tl:off", "-nr:false",
            "-p:UseSharedCompilation=false", "-p:ReportAnalyzer=true", "-clp:NoSummary");
        clock.Stop();
        var names = pack.Assemblies.Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var seconds = AssemblyTime().Matches(output)
            .Where(line => names.Contains(line.Groups["name"].Value))
            .Sum(line => double.Parse(line.Groups["seconds"].Value, CultureInfo.InvariantCulture));
        return seconds == 0 && names.Count > 0
            ? throw new InvalidOperationException($"The compiler reported no time for {pack.Name}: it did not run.")
            : new TimedBuild(clock.Elapsed.TotalSeconds, seconds);
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

    //            1.255   57   AgentLift.Analyzers, Version=0.1.0.0, Culture=neutral, PublicKeyToken=null
    [GeneratedRegex(@"^\s+(?<seconds>[0-9.]+)\s+<?[0-9]+\s+(?<name>[^\s,]+), Version=", RegexOptions.Multiline)]
    private static partial Regex AssemblyTime();
}
