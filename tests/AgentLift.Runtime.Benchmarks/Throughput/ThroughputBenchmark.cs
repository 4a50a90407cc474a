using System.Diagnostics;
using AgentLift.Runtime.Benchmarks.Servers;

namespace AgentLift.Runtime.Benchmarks.Throughput;

/// <summary>Lines echoed in a second by an agent, by bare Kestrel and by a thread for each client.</summary>
internal static class ThroughputBenchmark
{
    private const int Connections = 64;
    private const int LineBytes = 64;
    private const int Rounds = 9;
    private const double LeastShareOfKestrel = 0.9;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(2);
    private static readonly LineServerKind[] Kinds = [LineServerKind.Agent, LineServerKind.WatchedAgent, LineServerKind.Kestrel, LineServerKind.Thread];

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var verdict = new Verdict();
        await MeasureAsync("one line at a time", linesInBatch: 1, verdict);
        await MeasureAsync("batches of 16 lines", linesInBatch: 16, verdict);
        return verdict.ExitCode;
    }

    private static async Task MeasureAsync(string mode, int linesInBatch, Verdict verdict)
    {
        Console.WriteLine($"{mode}: {Connections} connections, lines of {LineBytes} bytes, {Rounds} rounds of {RoundTime.TotalSeconds:0} s each in turn, medians, {Environment.ProcessorCount} cores for server and clients");
        var servers = await Task.WhenAll(Kinds.Select(ServerProcess.StartAsync));
        var results = Kinds.ToDictionary(kind => kind, _ => new List<ThroughputRound>());
        try
        {
            // The first round warms up. Each begins with another server, so that none has the better place.
            for (var round = 0; round <= Rounds; round++)
            {
                foreach (var server in Enumerable.Range(0, servers.Length).Select(i => servers[(i + round) % servers.Length]))
                {
                    var result = await RoundAsync(server, linesInBatch);
                    if (round > 0)
                        results[server.Kind].Add(result);
                }
            }
        }
        finally
        {
            foreach (var server in servers)
                await server.DisposeAsync();
        }

        Print(results);
        var toKestrel = Ratio(results, LineServerKind.Agent, LineServerKind.Kestrel);
        var toThread = Ratio(results, LineServerKind.Agent, LineServerKind.Thread);
        verdict.MustHold($"{mode}: an agent answers at least {LeastShareOfKestrel:0.0} of what bare Kestrel does: {toKestrel:0.00}", toKestrel >= LeastShareOfKestrel);
        verdict.MustHold($"{mode}: an agent answers at least as much as a thread for each client: {toThread:0.00}", toThread >= 1);
    }

    private static async Task<ThroughputRound> RoundAsync(ServerProcess server, int linesInBatch)
    {
        using var load = await LineLoad.ConnectAsync(server.Address, Connections, linesInBatch, LineBytes);
        var (processor, began) = (server.ProcessorTime, Stopwatch.GetTimestamp());
        var lines = await load.RunAsync(RoundTime);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return new ThroughputRound(lines / seconds, (server.ProcessorTime - processor).TotalSeconds / lines * 1e6);
    }

    private static void Print(Dictionary<LineServerKind, List<ThroughputRound>> results) => Table.Print(
        ["server", "requests/s", "to Kestrel", "to threads", "CPU s per million", "to Kestrel"],
        results.Select(pair => (string[])
        [
            pair.Key.ToString(),
            $"{pair.Value.Select(round => round.RequestsPerSecond).Median():0}",
            $"{Ratio(results, pair.Key, LineServerKind.Kestrel):0.00}",
            $"{Ratio(results, pair.Key, LineServerKind.Thread):0.00}",
            $"{pair.Value.Select(round => round.ProcessorSeconds).Median():0.0}",
            $"{pair.Value.Zip(results[LineServerKind.Kestrel], (own, peer) => own.ProcessorSeconds / peer.ProcessorSeconds).Median():0.00}",
        ]));

    // Of rounds that ran one after the other: what disturbs the machine disturbs both.
    private static double Ratio(Dictionary<LineServerKind, List<ThroughputRound>> results, LineServerKind kind, LineServerKind peer) =>
        results[kind].Zip(results[peer], (own, other) => own.RequestsPerSecond / other.RequestsPerSecond).Median();
}
