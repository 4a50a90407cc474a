using System.Diagnostics;
using AgentLift.Runtime.Discovery;
using AgentLift.Runtime.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentLift.Runtime.Benchmarks;

/// <summary>Look-ups of agents in three real etcd nodes on this machine, with all nodes and with one killed. Needs the program etcd.</summary>
internal static class DirectoryBenchmark
{
    private const int Agents = 1000;
    private const int ColdLookUps = 500;
    private const int WarmUps = 20;
    private const int Batches = 1000;
    private const int BatchSize = 1000;
    private const int Registrations = 16;
    private const double MicrosecondsInMillisecond = 1000;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        await using var cluster = await EtcdCluster.StartAsync();
        await using var host = NewDirectory(cluster);
        await Parallel.ForAsync(0, Agents, new ParallelOptions { MaxDegreeOfParallelism = Registrations }, async (i, token) => await host.RegisterAsync(InstanceOf(i), token));
        Console.WriteLine($"{Agents} agents, {cluster.Nodes.Count} etcd nodes on this machine, {Environment.ProcessorCount} cores. Cold: a new directory each. Cached: means of batches of {BatchSize}.");

        await MeasureAsync(cluster, "all nodes up");
        await FailOverAsync(cluster, host);
        await MeasureAsync(cluster, "one node killed, the leader");
        return 0;
    }

    /// <summary>Kills the leader under a watcher, and looks up, enters and waits for the watcher while the others elect a new one.</summary>
    private static async Task FailOverAsync(EtcdCluster cluster, EtcdDirectory host)
    {
        await using EtcdDirectory watcher = NewDirectory(cluster), fresh = NewDirectory(cluster);
        await WarmUpAsync(watcher);
        await (await cluster.LeaderAsync()).KillAsync();

        var killed = Stopwatch.GetTimestamp();
        var lookUp = TimeAsync(async () => await fresh.FindAsync(NameOf(0), default));
        var entry = TimeAsync(async () => await host.RegisterAsync(InstanceOf(Agents), default));
        var sight = TimeAsync(async () =>
        {
            while (!(await watcher.FindAsync(NameOf(Agents), default)).Any())
                await Task.Delay(TimeSpan.FromMilliseconds(1));
        });
        Console.WriteLine($"after the death of the leader: cold look-up answered after {await lookUp:0} ms, new agent entered after {await entry:0} ms, seen by a watcher after {await sight:0} ms (to hold: under 5 s)");

        async Task<double> TimeAsync(Func<Task> act)
        {
            await act();
            return Stopwatch.GetElapsedTime(killed).TotalMilliseconds;
        }
    }

    private static async Task MeasureAsync(EtcdCluster cluster, string condition)
    {
        var cold = new Durations();
        for (var i = -WarmUps; i < ColdLookUps; i++)
        {
            await using var directory = NewDirectory(cluster, first: i + WarmUps);
            var began = Stopwatch.GetTimestamp();
            var found = await directory.FindAsync(NameOf((i + WarmUps) % Agents), default);
            if (i >= 0)
                cold.AddSince(began);
            if (found.Count != 1)
                throw new InvalidOperationException($"Found {found.Count} instances of an agent that has one.");
        }

        Console.WriteLine($"cold, {condition}: p50 {cold.Percentile(50) / MicrosecondsInMillisecond:0.0} ms, p99 {cold.Percentile(99) / MicrosecondsInMillisecond:0.0} ms, max {cold.Percentile(100) / MicrosecondsInMillisecond:0.0} ms of {cold.Count} (to hold: p99 under 100 ms)");

        await using var warm = NewDirectory(cluster);
        await WarmUpAsync(warm);
        var names = Enumerable.Range(0, BatchSize).Select(i => NameOf(i % Agents)).ToArray();
        var cached = new Durations();
        for (var batch = 0; batch < Batches; batch++)
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var name in names)
                await warm.FindAsync(name, default);
            cached.AddSince(began, BatchSize);
        }

        Console.WriteLine($"cached, {condition}: p50 {cached.Percentile(50):0.00} us, p99 {cached.Percentile(99):0.00} us, max {cached.Percentile(100):0.00} us of {cached.Count} batches (to hold: p99 under 1 ms)");
    }

    // A look-up that is answered from memory completes at once.
    private static async Task WarmUpAsync(EtcdDirectory directory)
    {
        for (var lookUp = FindAsync(directory); !lookUp.IsCompleted; lookUp = FindAsync(directory))
            await lookUp;
    }

    private static Task<IReadOnlyList<AgentInstance>> FindAsync(EtcdDirectory directory) => directory.FindAsync(NameOf(0), default).AsTask();

    // Each directory begins at another node, so that every third meets the dead one first.
    private static EtcdDirectory NewDirectory(EtcdCluster cluster, int first = 0)
    {
        var options = new EtcdDirectoryOptions { LeaseTime = TimeSpan.FromHours(1) };
        for (var i = 0; i < cluster.Nodes.Count; i++)
            options.Endpoints.Add(cluster.Nodes[(first + i) % cluster.Nodes.Count].Address.OriginalString);
        return new EtcdDirectory(options, TimeProvider.System, NullLogger<EtcdDirectory>.Instance);
    }

    private static string NameOf(int agent) => $"agent-{agent:0000}";

    private static AgentInstance InstanceOf(int agent) => new()
    {
        Agent = NameOf(agent),
        Id = $"machine-{agent % 20:00}-{agent}-{Guid.NewGuid():N}",
        Endpoints = new Dictionary<string, string> { ["requests"] = $"10.0.{agent / 250}.{agent % 250}:5611", ["control"] = $"10.0.{agent / 250}.{agent % 250}:5612" },
    };
}
