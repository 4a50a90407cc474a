using System.Globalization;

namespace AgentLift.Runtime.Benchmarks.Soak;

/// <summary>Agents under hostile load for minutes: what they hold must not grow.</summary>
internal static class SoakBenchmark
{
    private const double Mebi = 1024 * 1024;

    // A heap of a few megabytes moves by what connections hold at the moment: some hundreds, each with some kilobytes, and a table of 1 MiB of the agent being replaced.
    private const double HeapGrowth = 1.2;
    private const double HeapAllowance = 5 * Mebi;

    // Hostile clients come and go by chance; a handle lost for each of the hundreds of connections a second would be a hundredfold.
    private const double HandleGrowth = 0.1;
    private const int DefaultMinutes = 10;
    private const int PrintEvery = 3;
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (MinutesOf(arguments) is not { } minutes)
        {
            Console.Error.WriteLine("soak [--minutes N]: N is a whole number, 3 or more.");
            return 2;
        }

        await using var process = await SoakProcess.StartAsync();
        var clients = new HostileClients(process.Endpoints[0], process.Endpoints[1], process.Endpoints[2]);
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(stop.Token);
        var samples = await WatchAsync(process, load, TimeSpan.FromMinutes(minutes));
        Console.WriteLine(await process.SummaryAsync());
        await stop.CancelAsync();
        await load;
        return Judge(samples, clients.Overdue);
    }

    private static async Task<List<SoakSample>> WatchAsync(SoakProcess process, Task load, TimeSpan duration)
    {
        Console.WriteLine("seconds  heap MiB  resident MiB  handles  threads  connections  requests/s");
        var samples = new List<SoakSample> { await process.SampleAsync() };
        while (samples[^1].At < duration)
        {
            // A client that behaves and was not served ends the load with an exception.
            if (await Task.WhenAny(load, Task.Delay(SampleEvery)) == load)
                await load;
            samples.Add(await process.SampleAsync());
            if ((samples.Count - 1) % PrintEvery == 0)
                Print(samples[^1], samples[^(1 + PrintEvery)]);
        }

        return samples;
    }

    private static void Print(SoakSample now, SoakSample before)
    {
        var rate = (now.Requests - before.Requests) / (now.At - before.At).TotalSeconds;
        Console.WriteLine($"{now.At.TotalSeconds,7:0}  {now.Heap / Mebi,8:0.0}  {now.Process.Resident / Mebi,12:0.0}  {now.Process.Handles,7}  {now.Process.Threads,7}  {now.Connections,11}  {rate,10:0}");
    }

    /// <summary>Compares the second minute, when all is warm, with the last.</summary>
    private static int Judge(List<SoakSample> samples, long overdue)
    {
        var minute = TimeSpan.FromMinutes(1);
        var second = samples.Where(sample => sample.At > minute && sample.At <= 2 * minute).ToArray();
        var last = samples.Where(sample => sample.At > samples[^1].At - minute).ToArray();
        var (heap, heapAtEnd) = (second.Select(sample => (double)sample.Heap).Median(), last.Select(sample => (double)sample.Heap).Median());
        var (handles, handlesAtEnd) = (second.Select(sample => (double)sample.Process.Handles).Median(), last.Select(sample => (double)sample.Process.Handles).Median());
        var (rate, rateAtEnd) = (RateOf(second), RateOf(last));

        var verdict = new Verdict();
        verdict.MustHold($"heap: {heapAtEnd / Mebi:0.0} MiB in the last minute after {heap / Mebi:0.0} in the second, at most {HeapGrowth} times and {HeapAllowance / Mebi:0} MiB", heapAtEnd <= (HeapGrowth * heap) + HeapAllowance);
        verdict.MustHold($"handles: {handlesAtEnd:0} after {handles:0}, within {HandleGrowth:P0}", Math.Abs(handlesAtEnd - handles) <= HandleGrowth * handles);
        verdict.MustHold($"requests: {rateAtEnd:0} a second after {rate:0}, at least half", rateAtEnd >= rate / 2);
        verdict.MustHold($"connections that were not closed in time: {overdue}", overdue == 0);
        verdict.MustHold("the agent runs", samples[^1].IsRunning);
        return verdict.ExitCode;
    }

    private static double RateOf(SoakSample[] samples) => (samples[^1].Requests - samples[0].Requests) / (samples[^1].At - samples[0].At).TotalSeconds;

    private static int? MinutesOf(IReadOnlyList<string> arguments) => arguments switch
    {
        [] => DefaultMinutes,
        ["--minutes", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var minutes) && minutes >= 3 => minutes,
        _ => null,
    };
}
