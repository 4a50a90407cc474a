using System.Diagnostics;

namespace AgentLift.Benchmarks;

/// <summary>One run of <c>agentlift assess</c>.</summary>
/// <param name="Seconds">From start to exit.</param>
/// <param name="PeakMegabytes">The largest working set of the process, in MiB.</param>
internal sealed record AssessRun(double Seconds, long PeakMegabytes)
{
    private const int SampleMilliseconds = 50;

    public static AssessRun Of(string project)
    {
        var clock = Stopwatch.StartNew();
        string[] arguments = [Pack.Metadata("ToolPath"), "assess", project, "--no-restore", "--format", "json", "--output", project + ".report.json"];
        using var tool = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true })!;
        var errors = tool.StandardError.ReadToEndAsync();
        var peak = 0L;
        while (!tool.WaitForExit(SampleMilliseconds))
        {
            tool.Refresh();
            if (!tool.HasExited)
                peak = Math.Max(peak, tool.PeakWorkingSet64);
        }

        return tool.ExitCode == 0
            ? new AssessRun(clock.Elapsed.TotalSeconds, peak / (1024 * 1024))
            : throw new InvalidOperationException($"agentlift assess {project} ended with {tool.ExitCode}:\n{errors.Result}");
    }
}
