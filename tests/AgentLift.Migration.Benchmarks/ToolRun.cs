using System.Diagnostics;

namespace AgentLift.Migration.Benchmarks;

/// <summary>One run of a command.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Seconds">From start to exit.</param>
/// <param name="PeakMegabytes">The largest sum of working sets of the process and what it started, in MiB.</param>
/// <param name="Output">What it wrote to either stream.</param>
/// <param name="Told">What it said on standard error, with the seconds until then.</param>
internal sealed record ToolRun(int ExitCode, double Seconds, long PeakMegabytes, string Output, IReadOnlyList<(double At, string Line)> Told)
{
    private const int SampleMilliseconds = 250;
    private const long BytesOfMegabyte = 1024 * 1024;

    public static ToolRun Of(string folder, string program, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var told = TellAsync(process.StandardError, clock);
        var peak = 0L;
        while (!process.WaitForExit(SampleMilliseconds))
            peak = Math.Max(peak, WorkingSetOf(process.Id));
        return new ToolRun(process.ExitCode, clock.Elapsed.TotalSeconds, peak / BytesOfMegabyte, output.Result + string.Join('\n', told.Result.Select(line => line.Line)), told.Result);
    }

    private static async Task<List<(double At, string Line)>> TellAsync(StreamReader errors, Stopwatch clock)
    {
        var told = new List<(double, string)>();
        while (await errors.ReadLineAsync() is { } line)
            told.Add((clock.Elapsed.TotalSeconds, line));
        return told;
    }

    // The build host that opens a project is a process of its own and counts too.
    private static long WorkingSetOf(int root)
    {
        var parents = new Dictionary<int, int>();
        var sizes = new Dictionary<int, long>();
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (ParentOf(process.Id) is not { } parent)
                    continue;
                parents[process.Id] = parent;
                sizes[process.Id] = process.WorkingSet64;
            }
        }

        return sizes.Where(size => Descends(size.Key, root, parents)).Sum(size => size.Value);
    }

    private static bool Descends(int id, int root, Dictionary<int, int> parents)
    {
        while (id != root && parents.TryGetValue(id, out var parent))
            id = parent;
        return id == root;
    }

    private static int? ParentOf(int id)
    {
        try
        {
            // "pid (name) state ppid ...": the name may hold spaces and brackets.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
