using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AgentLift.Runtime.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Tests.Discovery;

[Collection(EtcdTests.Name)]
public class EtcdFaultTests
{
    private static readonly Action<EtcdDirectoryOptions> LongLease = options => options.LeaseTime = TimeSpan.FromMinutes(5);

    [RequiresProgramFact("etcd", "etcd-server")]
    public Task The_death_of_the_watched_node_loses_nothing() =>
        KillOneAsync((cluster, client) => Task.FromResult(cluster.Nodes.Single(node => node.Address == client.Watched)));

    [RequiresProgramFact("etcd", "etcd-server")]
    public Task The_death_of_the_leader_loses_nothing() => KillOneAsync((cluster, _) => cluster.LeaderAsync());

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task Coming_and_going_while_one_node_after_the_other_dies_and_returns_leaves_the_copy_right()
    {
        const int Workers = 8;
        await using var cluster = await EtcdCluster.StartAsync();
        await using EtcdParty host = new(cluster, configure: LongLease), client = new(cluster, configure: LongLease);
        await client.WatchAsync("tutor");
        using var over = new CancellationTokenSource();
        var staying = new ConcurrentBag<string>();
        var work = Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; !over.IsCancellationRequested; i++)
            {
                var id = $"{worker}-{i:0000}";
                var entry = await host.EnterAsync("tutor", id);
                await entry.RenewAsync(HealthStatus.Degraded, default);
                if (i % 10 == 0)
                    staying.Add(id);
                else
                    await entry.DisposeAsync();
            }
        })).ToArray();

        foreach (var node in cluster.Nodes)
        {
            await node.KillAsync();
            var before = staying.Count;
            await EtcdParty.UntilAsync(() => Task.FromResult(staying.Count >= before + Workers));
            await cluster.StartAsync([node]);
        }

        await over.CancelAsync();
        await Task.WhenAll(work);
        await client.SeesAsync("tutor", [.. staying.Order(StringComparer.Ordinal)]);
        await client.SeesAsync("tutor", HealthStatus.Degraded);
        host.Log.Lines.ShouldBeEmpty();
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task A_watched_node_that_falls_silent_is_noticed_and_left()
    {
        await using var cluster = await EtcdCluster.StartAsync();
        await using EtcdParty host = new(cluster, configure: LongLease), client = new(cluster, configure: LongLease);
        await client.WatchAsync("tutor");
        var silent = cluster.Nodes.Single(node => node.Address == client.Watched);

        await silent.FreezeAsync();
        try
        {
            await host.EnterAsync("tutor", "a");
            await client.SeesAsync("tutor", "a");
            client.Watched.ShouldNotBe(silent.Address);
            client.Log.Lines.ShouldContain(line => line.Contains("the watch is silent since revision", StringComparison.Ordinal));
        }
        finally
        {
            await silent.ThawAsync();
        }
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task A_node_that_never_answers_is_waited_for_once()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        var address = new Uri($"http://{deaf.LocalEndpoint}");
        await using var cluster = await EtcdCluster.StartAsync(1);
        await using var host = new EtcdParty(cluster, configure: options =>
        {
            options.Timeout = TimeSpan.FromMilliseconds(200);
            options.Endpoints.Insert(0, address.OriginalString);
        });

        await using var first = await host.EnterAsync("tutor", "a");
        await using var second = await host.EnterAsync("tutor", "b");

        host.Asked.Count(node => node == address).ShouldBe(1);
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task Without_any_node_known_agents_are_answered_and_unknown_ones_named_until_the_nodes_are_back()
    {
        await using var cluster = await EtcdCluster.StartAsync();
        await using EtcdParty host = new(cluster, configure: LongLease), client = new(cluster, configure: LongLease);
        var entry = await host.EnterAsync("tutor", "a");
        await client.WatchAsync("tutor");
        foreach (var node in cluster.Nodes)
            await node.KillAsync();
        await EtcdParty.UntilAsync(() => Task.FromResult(client.Log.Lines.Any(line => line.StartsWith("Warning: The watch of agents in etcd broke", StringComparison.Ordinal))));

        (await client.Directory.IdsAsync("tutor")).ShouldBe(["a"]);
        var began = Stopwatch.GetTimestamp();
        var unknown = await Should.ThrowAsync<AgentDirectoryException>(async () => await client.Directory.FindAsync("coach", default));
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(11)); // The bound that EtcdClient states, for three nodes.
        unknown.Message.ShouldStartWith($"Agent coach cannot be looked up: none of the etcd nodes {string.Join(", ", cluster.Nodes.Select(node => node.Address))} answered; the last error was: ");
        unknown.Message.ShouldContain("Connection refused");
        unknown.Message.ShouldEndWith("Check Directory:Etcd:Endpoints.");
        (await Should.ThrowAsync<AgentDirectoryException>(async () => await entry.RenewAsync(HealthStatus.Degraded, default))).Message
            .ShouldStartWith("Agent tutor, instance a, cannot be renewed: none of the etcd nodes ");

        await cluster.StartAsync(cluster.Nodes);
        await entry.RenewAsync(HealthStatus.Degraded, default);
        await client.SeesAsync("tutor", HealthStatus.Degraded);
        await host.EnterAsync("coach", "c");
        await client.SeesAsync("coach", "c");
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task An_agent_looked_up_while_the_copy_is_incomplete_is_answered_after_etcd_has_gone()
    {
        await using var cluster = await EtcdCluster.StartAsync(1);
        await using EtcdParty host = new(cluster, configure: LongLease), client = new(cluster, configure: LongLease);
        await host.EnterAsync("tutor", "a");
        (await client.Directory.IdsAsync("tutor")).ShouldBe(["a"]);

        await cluster.Nodes[0].KillAsync();

        (await client.Directory.IdsAsync("tutor")).ShouldBe(["a"]);
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task A_compaction_while_the_watcher_is_away_leads_to_a_new_read()
    {
        await using var cluster = await EtcdCluster.StartAsync();
        await using EtcdParty host = new(cluster, configure: LongLease), client = new(cluster, configure: options =>
        {
            LongLease(options);
            options.Endpoints.RemoveAt(2);
            options.Endpoints.RemoveAt(1);
        });
        var first = await host.EnterAsync("tutor", "a");
        await client.WatchAsync("tutor");
        await cluster.Nodes[0].KillAsync();
        await first.DisposeAsync();
        await host.EnterAsync("tutor", "b");
        await cluster.CompactAsync();
        (await client.Directory.IdsAsync("tutor")).ShouldBe(["a"]);

        await cluster.StartAsync([cluster.Nodes[0]]);

        await client.SeesAsync("tutor", "b");
        client.Log.Lines.ShouldContain(line => line.StartsWith("Information: All agents are read again from etcd: etcd was compacted at revision ", StringComparison.Ordinal));
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task Leaving_while_etcd_is_away_ends_in_time_and_is_told()
    {
        await using var cluster = await EtcdCluster.StartAsync(1);
        await using var host = new EtcdParty(cluster);
        var entry = await host.EnterAsync("tutor", "a");
        await cluster.Nodes[0].FreezeAsync();

        await entry.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        await cluster.Nodes[0].ThawAsync();
        host.Log.Lines.ShouldContain("Warning: Agent tutor, instance a, could not be taken out of etcd; its lease runs out in at most 2 s");
    }

    private static async Task KillOneAsync(Func<EtcdCluster, EtcdParty, Task<EtcdProcess>> choose)
    {
        await using var cluster = await EtcdCluster.StartAsync();
        await using EtcdParty host = new(cluster, configure: LongLease), client = new(cluster, configure: LongLease);
        await host.EnterAsync("tutor", "a");
        await host.EnterAsync("coach", "b");
        await client.WatchAsync("tutor");

        await (await choose(cluster, client)).KillAsync();

        (await client.Directory.IdsAsync("tutor")).ShouldBe(["a"]);
        await using var fresh = new EtcdParty(cluster);
        (await fresh.Directory.IdsAsync("coach")).ShouldBe(["b"]);
        await host.EnterAsync("tutor", "c");
        await client.SeesAsync("tutor", "a", "c");
        await fresh.SeesAsync("tutor", "a", "c");
    }
}
