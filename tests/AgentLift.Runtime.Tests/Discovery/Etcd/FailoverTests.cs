using AgentLift.EchoAgent;
using AgentLift.Runtime.Testing;

namespace AgentLift.Runtime.Tests.Discovery;

/// <summary>Whole processes that are entered in etcd, asked over the network, and lost.</summary>
[Collection(EtcdTests.Name)]
public class FailoverTests(SharedEtcd etcd)
{
    private const int Askers = 8;
    private const int Enough = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string prefix = $"/{Guid.NewGuid():N}/";

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task A_killed_instance_is_replaced_by_the_other_and_leaves_the_directory_with_its_lease()
    {
        var cluster = await etcd.ClusterAsync();
        await using var client = new EtcdParty(cluster, prefix);
        using EchoProcess killed = Start(client), left = Start(client);
        await SeesAsync(client, 2);

        // What may have been answered before the kill is asked again: it is repeatable.
        var asking = await AskWhileAsync(client, EchoContracts.Echo with { Repeatable = true }, () => killed.Signal("KILL"));

        asking.After.ShouldBe([left.Id], ignoreOrder: true);
        await SeesAsync(client, 1);
    }

    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task An_instance_that_is_asked_to_end_loses_no_question_and_leaves_the_directory_at_once()
    {
        var cluster = await etcd.ClusterAsync();
        await using var client = new EtcdParty(cluster, prefix);
        using EchoProcess ended = Start(client, "--Directory:Etcd:LeaseTime=01:00:00"), left = Start(client);
        await SeesAsync(client, 2);

        var asking = await AskWhileAsync(client, EchoContracts.Echo, () =>
        {
            ended.Signal("TERM");
            ended.WaitForExit().ShouldBe(0, ended.Output);
        });

        asking.After.ShouldBe([left.Id], ignoreOrder: true);
        await SeesAsync(client, 1);
    }

    /// <summary>Asks from several sides; loses an instance; asks on. Every question must be answered.</summary>
    private static async Task<(int Before, HashSet<int> After)> AskWhileAsync(EtcdParty party, MessageContract<Echo, Echoed> contract, Action lose)
    {
        var limits = new AgentClientOptions { Timeout = Patience, MaxAttempts = 10 };
        await using var asker = new TestAgent(AgentContext.Standalone("asker", new AgentOptions { Clients = { ["echo"] = limits } }, directory: party.Directory));
        var client = asker.Client("echo", "messages");
        var answered = 0;
        var lost = false;
        var enough = int.MaxValue;
        var asking = Enumerable.Range(0, Askers).Select(_ => Task.Run(async () =>
        {
            var after = new HashSet<int>();
            while (Volatile.Read(ref answered) < Volatile.Read(ref enough))
            {
                var lostBefore = Volatile.Read(ref lost);
                var answer = await client.AskAsync(contract, new Echo("hello", Milliseconds: 2));
                answer.Text.ShouldBe("echo hello");
                Interlocked.Increment(ref answered);
                if (lostBefore)
                    after.Add(answer.ProcessId);
            }

            return after;
        })).ToArray();
        SpinWait.SpinUntil(() => Volatile.Read(ref answered) > Enough || asking.Any(task => task.IsFaulted), Patience).ShouldBeTrue();
        lose();
        Volatile.Write(ref lost, true);
        Volatile.Write(ref enough, Volatile.Read(ref answered) + Enough);
        return (answered, (await Task.WhenAll(asking).WaitAsync(Patience)).SelectMany(after => after).ToHashSet());
    }

    private EchoProcess Start(EtcdParty party, params string[] settings) => EchoProcess.Start(
    [
        "--Directory:Kind=Etcd",
        "--Directory:Etcd:LeaseTime=00:00:02",
        $"--Directory:Etcd:Prefix={prefix}",
        .. party.Options.Endpoints.Select((node, i) => $"--Directory:Etcd:Endpoints:{i}={node}"),
        .. settings,
    ]);

    private static async Task SeesAsync(EtcdParty party, int count)
    {
        await party.WatchAsync("echo");
        var seen = await Task.Run(() => SpinWait.SpinUntil(() => party.Directory.FindAsync("echo", default).AsTask().Result.Count == count, Patience));
        seen.ShouldBeTrue();
    }
}
