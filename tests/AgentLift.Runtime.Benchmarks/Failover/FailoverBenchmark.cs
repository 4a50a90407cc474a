using System.Diagnostics;
using AgentLift.Runtime.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Benchmarks.Failover;

/// <summary>Questions to two agents in etcd while one of them, or an etcd node, is taken away.</summary>
internal static class FailoverBenchmark
{
    private const int Askers = 8;
    private const int Rounds = 3;
    private const string Killed = "agent killed";
    private const string Frozen = "agent frozen";
    private const string NodeKilled = "etcd leader killed";
    private const string Stopped = "agent stopped in order";
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        await using var cluster = await EtcdCluster.StartAsync();
        using var host = HostOf(cluster);
        await host.StartAsync();
        var asker = host.Services.GetRequiredService<AskerAgent>();
        Console.WriteLine($"{Askers} askers, two processes that answer, {cluster.Nodes.Count} etcd nodes, leases of 2 s, the client's limits as they are by default");
        var rounds = new List<FailoverRound>();
        for (var round = 0; round < Rounds; round++)
        {
            rounds.Add(await AgentRoundAsync(Killed, "KILL", cluster, asker));
            rounds.Add(await AgentRoundAsync(Frozen, "STOP", cluster, asker));
            rounds.Add(await NodeRoundAsync(cluster, asker));
            rounds.Add(await AgentRoundAsync(Stopped, "TERM", cluster, asker));
        }

        await host.StopAsync();
        return Judge(rounds);
    }

    private static async Task<FailoverRound> AgentRoundAsync(string trouble, string signal, EtcdCluster cluster, AskerAgent asker)
    {
        await using EchoProcess staying = await EchoProcess.StartAsync(cluster, asker), leaving = await EchoProcess.StartAsync(cluster, asker);
        TimeSpan? gone = null;
        var answers = await AskThroughAsync(asker, async () =>
        {
            var began = Stopwatch.GetTimestamp();
            await leaving.SignalAsync(signal);
            await UntilGoneAsync(asker, leaving.Instance);
            gone = Stopwatch.GetElapsedTime(began);
        });
        await CleanUpAsync(asker, staying);
        return new FailoverRound(trouble, answers, gone);
    }

    private static async Task<FailoverRound> NodeRoundAsync(EtcdCluster cluster, AskerAgent asker)
    {
        await using EchoProcess one = await EchoProcess.StartAsync(cluster, asker), other = await EchoProcess.StartAsync(cluster, asker);
        var node = await cluster.LeaderAsync();
        var answers = await AskThroughAsync(asker, node.KillAsync);
        await cluster.StartAsync([node]);
        await CleanUpAsync(asker, one, other);
        return new FailoverRound(NodeKilled, answers, null);
    }

    private static async Task<AnswerLog> AskThroughAsync(AskerAgent asker, Func<Task> trouble)
    {
        var answers = new AnswerLog();
        using var stop = new CancellationTokenSource();
        var asking = Enumerable.Range(0, Askers).Select(_ => Task.Run(() => answers.AskAsync(asker, stop.Token))).ToArray();
        await Task.Delay(Calm);
        await trouble();
        await Task.Delay(Aftermath);
        await stop.CancelAsync();
        await Task.WhenAll(asking);
        return answers;
    }

    // The next round begins with a directory that knows nobody.
    private static async Task CleanUpAsync(AskerAgent asker, params EchoProcess[] left)
    {
        foreach (var process in left)
        {
            await process.SignalAsync("TERM");
            await UntilGoneAsync(asker, process.Instance);
        }
    }

    private static async Task UntilGoneAsync(AskerAgent asker, string instance)
    {
        using var limit = new CancellationTokenSource(Patience);
        while ((await asker.InstancesAsync()).Contains(instance))
            await Task.Delay(TimeSpan.FromMilliseconds(5), limit.Token);
    }

    private static IHost HostOf(EtcdCluster cluster)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(EtcdSettings.Of(cluster));
        builder.AddAgent<AskerAgent>();
        return builder.Build();
    }

    private static int Judge(List<FailoverRound> rounds)
    {
        Table.Print(
            ["trouble", "answered", "failed", "longest gap of an asker, s", "gone from the directory after, s", "failures"],
            rounds.OrderBy(round => round.Trouble, StringComparer.Ordinal).Select(round => (string[])
            [
                round.Trouble, $"{round.Answers.Answered}", $"{round.Answers.Failed}", $"{round.Answers.LongestGap.TotalSeconds:0.00}",
                round.Gone is { } gone ? $"{gone.TotalSeconds:0.00}" : "-", round.Answers.Failures,
            ]));
        var verdict = new Verdict();
        foreach (var trouble in rounds.GroupBy(round => round.Trouble, StringComparer.Ordinal))
        {
            var longest = trouble.Max(round => round.Answers.LongestGap);
            verdict.MustHold($"{trouble.Key}: every asker is answered again within {LongestGap.TotalSeconds:0} s: {longest.TotalSeconds:0.00} s", longest < LongestGap);
        }

        var failed = rounds.Where(round => round.Trouble == Stopped).Sum(round => round.Answers.Failed);
        verdict.MustHold($"{Stopped}: no question fails: {failed}", failed == 0);
        return verdict.ExitCode;
    }
}
