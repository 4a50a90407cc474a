using System.Net;
using System.Net.Sockets;

namespace AgentLift.Runtime.Tests;

public class OwnedSocketTests
{
    [Fact]
    public async Task A_loop_that_blocks_in_an_owned_listener_wakes_up_and_ends_when_the_agent_stops()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        await using var agent = new TestAgent(AgentContext.Standalone("tester"));
        agent.Take(listener).Start();
        var accepted = new TaskCompletionSource();
        var loop = agent.OnThread("accept", token =>
        {
            while (!token.IsCancellationRequested)
            {
                using var client = listener.AcceptTcpClient();
                accepted.TrySetResult();
            }
        });
        await agent.StartAsync(default);
        var address = (IPEndPoint)listener.LocalEndpoint;
        using (var client = new TcpClient())
            await client.ConnectAsync(address);
        await accepted.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await agent.StopAsync(default);

        loop.State.ShouldBe(LoopState.Stopped);
        loop.LastError.ShouldBeNull();
        using var late = new TcpClient();
        await Should.ThrowAsync<SocketException>(late.ConnectAsync(address));
    }
}
