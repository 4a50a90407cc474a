using System.Diagnostics;

namespace AgentLift.SnapshotCrasher;

/// <summary>When a run of the tool writes.</summary>
/// <param name="Whole">From the start of the process to its end.</param>
/// <param name="Records">How many records the journal got.</param>
/// <param name="Writing">From the first record to the last.</param>
internal sealed record WriteTimes(TimeSpan Whole, int Records, TimeSpan Writing);

/// <summary>Sees from outside when a process writes to the journal: a record begins each transaction, and one ends it.</summary>
internal static class JournalWatch
{
    private const int IdleMilliseconds = 1;

    /// <summary>Watches a run of the tool to its end.</summary>
    public static async Task<WriteTimes> TimesOfAsync(string root, Process process)
    {
        var clock = Stopwatch.StartNew();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var (first, last, records) = (TimeSpan.Zero, TimeSpan.Zero, 0);
        while (Next(root, process, LengthOf(root), IdleMilliseconds))
        {
            last = clock.Elapsed;
            if (records++ == 0)
                first = last;
        }

        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0
            ? new WriteTimes(clock.Elapsed, records, last - first)
            : throw new InvalidOperationException($"the tool ended with exit code {process.ExitCode}: {await output.ConfigureAwait(false)}{await errors.ConfigureAwait(false)}");
    }

    /// <summary>Waits until a process has written that many records, or has ended.</summary>
    /// <param name="root">The folder that it works on.</param>
    /// <param name="process">The process.</param>
    /// <param name="records">How many records.</param>
    /// <param name="rests">Whether to look only now and then until the first record; a transaction takes milliseconds, but loading takes seconds.</param>
    public static void Wait(string root, Process process, int records, bool rests)
    {
        var length = LengthOf(root);
        for (var i = 0; i < records && Next(root, process, length, rests && i == 0 ? IdleMilliseconds : 0); i++)
            length = LengthOf(root);
    }

    private static bool Next(string root, Process process, long length, int idle)
    {
        while (LengthOf(root) == length)
        {
            if (process.HasExited)
                return false;
            Thread.Sleep(idle);
        }

        return true;
    }

    /// <summary>How long the journals of all runs are together.</summary>
    public static long LengthOf(string root)
    {
        try
        {
            var runs = new DirectoryInfo(Path.Combine(root, ".agentlift", "runs"));
            return runs.Exists ? runs.EnumerateFiles("journal.jsonl", SearchOption.AllDirectories).Sum(journal => journal.Length) : 0;
        }
        catch (IOException)
        {
            // A run that is being pruned.
            return 0;
        }
    }
}
