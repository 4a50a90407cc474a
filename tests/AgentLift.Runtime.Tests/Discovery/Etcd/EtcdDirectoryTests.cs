using System.Diagnostics;
using System.Text.Json.Nodes;
using AgentLift.Runtime.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Tests.Discovery;

[Collection(EtcdTests.Name)]
public class EtcdDirectoryTests(SharedEtcd etcd)
{
    private readonly string prefix = $"/{Guid.NewGuid():N}/";

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task An_instance_that_one_process_enters_is_found_by_another_until_it_leaves()
    {
        var cluster = await etcd.ClusterAsync();
        await using EtcdParty host = new(cluster, prefix), client = new(cluster, prefix);

        var entry = await host.EnterAsync("tutor", "a");
        var found = (await client.Directory.FindAsync("tutor", default)).ShouldHaveSingleItem();
        found.Id.ShouldBe("a");
        found.Agent.ShouldBe("tutor");
        found.Endpoints.ShouldBe(new Dictionary<string, string> { ["requests"] = "10.0.0.5:5611" });
        await entry.DisposeAsync();

        await client.SeesAsync("tutor");
        await using var later = new EtcdParty(cluster, prefix);
        (await later.Directory.IdsAsync("tutor")).ShouldBeEmpty();
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task The_watch_brings_what_changes_without_a_further_read()
    {
        var cluster = await etcd.ClusterAsync();
        await using EtcdParty host = new(cluster, prefix), client = new(cluster, prefix);
        var first = await host.EnterAsync("tutor", "a");
        await client.WatchAsync("tutor");
        var reads = client.Reads;

        await first.RenewAsync(HealthStatus.Unhealthy, default);
        await client.SeesAsync("tutor", HealthStatus.Unhealthy);
        await using var second = await host.EnterAsync("tutor", "b");
        await client.SeesAsync("tutor", "a", "b");
        await first.DisposeAsync();
        await client.SeesAsync("tutor", "b");
        await using var other = await host.EnterAsync("coach", "c");
        await client.SeesAsync("coach", "c");

        client.Reads.ShouldBe(reads);
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task A_look_up_from_memory_allocates_nothing()
    {
        var cluster = await etcd.ClusterAsync();
        await using EtcdParty host = new(cluster, prefix), client = new(cluster, prefix);
        await using var entry = await host.EnterAsync("tutor", "a");
        await client.WatchAsync("tutor");

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            await client.Directory.FindAsync("tutor", default);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task An_instance_that_is_not_renewed_is_gone_within_two_seconds_of_its_lease()
    {
        var cluster = await etcd.ClusterAsync();
        await using EtcdParty host = new(cluster, prefix), client = new(cluster, prefix);
        await host.EnterAsync("tutor", "dead");
        var entered = Stopwatch.GetTimestamp();
        await client.WatchAsync("tutor");
        (await client.Directory.IdsAsync("tutor")).ShouldBe(["dead"]);

        await client.SeesAsync("tutor");

        Stopwatch.GetElapsedTime(entered).ShouldBeLessThan(host.Options.LeaseTime + TimeSpan.FromSeconds(2));
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task An_instance_that_is_renewed_outlives_its_lease()
    {
        var cluster = await etcd.ClusterAsync();
        await using EtcdParty host = new(cluster, prefix), client = new(cluster, prefix);
        await using var renewed = await host.EnterAsync("tutor", "renewed");
        await host.EnterAsync("tutor", "dead");
        await client.SeesAsync("tutor", "dead", "renewed");
        renewed.RenewalPeriod.ShouldBeLessThanOrEqualTo(host.Options.LeaseTime / 3);

        await EtcdParty.UntilAsync(async () =>
        {
            await renewed.RenewAsync(HealthStatus.Healthy, default);
            return !(await client.Directory.IdsAsync("tutor")).Contains("dead");
        });

        (await client.Directory.IdsAsync("tutor")).ShouldBe(["renewed"]);
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task A_renewal_after_the_lease_was_lost_enters_the_instance_anew()
    {
        var cluster = await etcd.ClusterAsync();
        await using EtcdParty host = new(cluster, prefix), client = new(cluster, prefix);
        await using var entry = await host.EnterAsync("tutor", "a");
        await client.WatchAsync("tutor");
        await client.SeesAsync("tutor");

        await entry.RenewAsync(HealthStatus.Degraded, default);

        await client.SeesAsync("tutor", "a");
        (await client.Directory.FindAsync("tutor", default))[0].Health.ShouldBe(HealthStatus.Degraded);
        host.Log.Lines.ShouldContain("Warning: The lease of agent tutor, instance a, was lost; it is entered anew");
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task Names_with_slashes_reach_no_other_agent()
    {
        var cluster = await etcd.ClusterAsync();
        await using EtcdParty host = new(cluster, prefix), client = new(cluster, prefix);
        await using var nested = await host.EnterAsync("tutor/math", "ä b/c");
        await using var plain = await host.EnterAsync("tutor", "a");

        (await client.Directory.IdsAsync("tutor")).ShouldBe(["a"]);
        await client.WatchAsync("tutor");
        (await client.Directory.IdsAsync("tutor/math")).ShouldBe(["ä b/c"]);
        await nested.DisposeAsync();
        await client.SeesAsync("tutor/math");
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task A_key_that_is_no_agent_is_passed_over_and_named()
    {
        var cluster = await etcd.ClusterAsync();
        await using EtcdParty host = new(cluster, prefix), client = new(cluster, prefix);
        await using var entry = await host.EnterAsync("tutor", "a");
        await PutAsync(cluster, prefix + "tutor/b", "not json");
        await PutAsync(cluster, prefix + "notes", "{}");
        await client.WatchAsync("tutor");
        var reads = client.Reads;
        await PutAsync(cluster, "/elsewhere", "what others write moves the revision on");

        await using var later = await host.EnterAsync("tutor", "c");
        await client.SeesAsync("tutor", "a", "c");
        await client.ComparedAsync(times: 3);

        client.Reads.ShouldBe(reads);
        client.Log.Lines.ShouldContain($"Warning: Key {prefix}notes in etcd holds no agent that can be read: the key is not AGENT/ID");
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task Nothing_is_asked_any_more_once_the_directory_is_disposed_of()
    {
        var cluster = await etcd.ClusterAsync();
        var client = new EtcdParty(cluster, prefix);
        await client.WatchAsync("tutor");

        await client.DisposeAsync();
        await client.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(async () => await client.Directory.FindAsync("tutor", default));
    }

    private static Task<JsonObject> PutAsync(EtcdCluster cluster, string key, string value) =>
        cluster.PostAsync("v3/kv/put", new JsonObject { ["key"] = Base64(key), ["value"] = Base64(value) });

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
