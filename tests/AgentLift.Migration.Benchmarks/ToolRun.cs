using System.Diagnostics;
using System.Globalization;

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

    // The build host that opens a project is a process of its own and counts too. One read for each process: what is measured needs all processors.
    private static long WorkingSetOf(int root)
    {
        var parents = new Dictionary<int, int>();
        var sizes = new Dictionary<int, long>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) || StatOf(id) is not { } stat)
                continue;
            parents[id] = (int)stat.Parent;
            sizes[id] = stat.Pages * Environment.SystemPageSize;
        }

        return sizes.Where(size => Descends(size.Key, root, parents)).Sum(size => size.Value);
    }

    private static bool Descends(int id, int root, Dictionary<int, int> parents)
    {
        while (id != root && parents.TryGetValue(id, out var parent))
            id = parent;
        return id == root;
    }

    private static (long Parent, long Pages)? StatOf(int id)
    {
        try
        {
            // "pid (name) state ppid ... rss ...", the 4th and the 24th: the name may hold spaces and brackets.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (long.Parse(fields[1], CultureInfo.InvariantCulture), long.Parse(fields[21], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
