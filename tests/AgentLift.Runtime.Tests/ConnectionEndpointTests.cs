using System.IO.Pipelines;

namespace AgentLift.Runtime.Tests;

public class ConnectionEndpointTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_protocol_of_the_agents_own_reads_and_writes_the_bytes()
    {
        await using var agent = TestAgent.Listening(self => self.Serve("requests", (connection, over) => connection.Transport.Input.CopyToAsync(connection.Transport.Output, over)));
        await agent.StartAsync(default);
        using var client = await LineClient.ConnectAsync(agent);

        await client.SendAsync("as it is\n");

        (await client.ReadLinesAsync(1)).ShouldBe(["as it is"]);
    }

    [Fact]
    public async Task A_drain_asks_each_connection_to_end()
    {
        var ended = new TaskCompletionSource();
        await using var agent = TestAgent.Listening(self => self.Serve("requests", async (_, over) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, over);
            }
            finally
            {
                ended.SetResult();
            }
        }));
        await agent.StartAsync(default);
        using var client = await LineClient.ConnectAsync(agent);
        SpinWait.SpinUntil(() => agent.Endpoints[0].Connections == 1, Patience).ShouldBeTrue();

        await agent.StopAsync(default);

        await ended.Task.WaitAsync(Patience);
        agent.State.ShouldBe(AgentState.Stopped);
    }

    [Fact]
    public async Task Work_done_once_for_a_client_may_fail_without_harm_to_the_agent()
    {
        await using var agent = new TestAgent(AgentContext.Standalone("worker"));
        await agent.StartAsync(default);

        var work = agent.Run("serve", _ => throw new InvalidOperationException("the client talks nonsense"), RestartPolicy.Once);
        await work.Completion;

        work.State.ShouldBe(LoopState.Failed);
        work.LastError!.Message.ShouldBe("the client talks nonsense");
        SpinWait.SpinUntil(() => agent.Loops.Count == 0, Patience).ShouldBeTrue();
        agent.State.ShouldBe(AgentState.Running);
    }
}
