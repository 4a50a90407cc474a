using System.Net.Sockets;

namespace AgentLift.Runtime.Tests;

/// <summary>Peers that are slow, deaf or silent cost a connection for a bounded time, and nobody else anything.</summary>
public class HostilePeerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_peer_that_sends_a_byte_now_and_then_is_closed_all_the_same()
    {
        var time = new ManualTime();
        await using var agent = Listening(time, (line, _) => ValueTask.FromResult<string?>(line));
        await agent.StartAsync(default);
        using var client = await ConnectAsync(agent);

        for (var second = 0; second < 4; second++)
        {
            await client.SendAsync("a");
            time.Advance(TimeSpan.FromSeconds(1));
        }

        agent.Endpoints[0].Connections.ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(3));
        (await client.IsClosedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_peer_that_does_not_read_its_answers_is_closed()
    {
        var time = new ManualTime();
        var answered = 0;
        await using var agent = Listening(time, (_, _) =>
        {
            Interlocked.Increment(ref answered);
            return ValueTask.FromResult<string?>(new string('x', 1_000_000));
        });
        await agent.StartAsync(default);
        using var deaf = new TcpClient { ReceiveBufferSize = 4096 };
        await deaf.ConnectAsync(agent.Endpoints[0].Address!);
        var other = await ConnectAsync(agent, connections: 2);

        // More than any buffer on the way holds: the endpoint waits for the peer, and takes no further question from it.
        for (var i = 0; i < 100; i++)
            await deaf.GetStream().WriteAsync("give\n"u8.ToArray());
        var seen = 0;
        SpinWait.SpinUntil(() => seen == (seen = Volatile.Read(ref answered)) && seen > 0, Patience).ShouldBeTrue();
        SpinWait.SpinUntil(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(3));
                return agent.Endpoints[0].Connections == 0;
            },
            Patience).ShouldBeTrue();

        other.Dispose();
    }

    [Fact]
    public async Task A_peer_that_waits_long_for_its_answer_is_not_idle()
    {
        var time = new ManualTime();
        var open = new TaskCompletionSource();
        await using var agent = Listening(time, async (line, _) =>
        {
            await open.Task;
            return line;
        });
        await agent.StartAsync(default);
        using var client = await ConnectAsync(agent);
        await client.SendAsync("hard question\n");
        SpinWait.SpinUntil(() => agent.ActiveOperations == 1, Patience).ShouldBeTrue();

        time.Advance(TimeSpan.FromMinutes(10));
        open.SetResult();

        (await client.ReadLinesAsync(1)).ShouldBe(["hard question"]);
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_and_those_within_are_served()
    {
        await using var agent = TestAgent.Listening(
            self => self.Lines("requests", (line, _) => ValueTask.FromResult<string?>(line)), endpoint => endpoint.MaxConnections = 2);
        await agent.StartAsync(default);
        using var first = await ConnectAsync(agent);
        using var second = await ConnectAsync(agent, connections: 2);

        using var third = await LineClient.ConnectAsync(agent);

        (await third.IsClosedAsync()).ShouldBeTrue();
        await first.SendAsync("one\n");
        (await first.ReadLinesAsync(1)).ShouldBe(["one"]);
    }

    [Fact]
    public async Task A_clock_that_is_set_forth_and_back_changes_nothing()
    {
        var clock = new RestlessClock();
        var rounds = 0;
        await using var agent = Listening(clock, (line, _) => ValueTask.FromResult<string?>(line));
        await agent.StartAsync(default);
        using var client = await ConnectAsync(agent);
        var loop = agent.Run("failing", _ => Interlocked.Increment(ref rounds) < 4 ? throw new IOException("gone") : Task.Delay(Timeout.Infinite, _), RestartPolicy.Default with { InitialDelay = TimeSpan.FromMilliseconds(1) });

        SpinWait.SpinUntil(() => loop.Restarts == 3 && loop.State == LoopState.Running, Patience).ShouldBeTrue();
        await client.SendAsync("still here\n");
        (await client.ReadLinesAsync(1)).ShouldBe(["still here"]);
        agent.State.ShouldBe(AgentState.Running);
    }

    private static TestAgent Listening(TimeProvider time, Func<string, CancellationToken, ValueTask<string?>> answer) =>
        TestAgent.Listening(self => self.Lines("requests", answer), endpoint => endpoint.IdleTimeout = Idle, time);

    private static async Task<LineClient> ConnectAsync(BaseAgent agent, int connections = 1)
    {
        var client = await LineClient.ConnectAsync(agent);
        SpinWait.SpinUntil(() => agent.Endpoints[0].Connections == connections, Patience).ShouldBeTrue();
        return client;
    }

    /// <summary>Real time for delays and measurements, and a wall clock that somebody sets by a day at every look.</summary>
    private sealed class RestlessClock : TimeProvider
    {
        private int looks;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(Interlocked.Increment(ref looks) % 2 == 0 ? 1 : -1);
    }
}
