using System.Net.Sockets;
using System.Text;

namespace AgentLift.Runtime.Tests;

public class DatagramEndpointTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Each_datagram_is_answered_to_its_sender_in_the_order_in_which_they_came()
    {
        await using var agent = Echo();
        await agent.StartAsync(default);
        using var client = Connect(agent);

        foreach (var word in new[] { "one", "nothing", "two" })
            await client.SendAsync(Encoding.UTF8.GetBytes(word));

        (await ReceiveAsync(client)).ShouldBe("echo one");
        (await ReceiveAsync(client)).ShouldBe("echo two");
        agent.Endpoints[0].Scheme.ShouldBe("udp");
    }

    [Fact]
    public async Task A_datagram_that_is_too_long_or_cannot_be_answered_leaves_the_endpoint_as_it_was()
    {
        await using var agent = Echo(endpoint => endpoint.MaxMessageBytes = 5);
        await agent.StartAsync(default);
        using var client = Connect(agent);

        foreach (var word in new[] { "longer than five", "throw", "fine" })
            await client.SendAsync(Encoding.UTF8.GetBytes(word));

        (await ReceiveAsync(client)).ShouldBe("echo fine");
        // The answer may arrive a moment before its operation has ended.
        SpinWait.SpinUntil(() => agent.ActiveOperations == 0, Patience).ShouldBeTrue();
    }

    [Fact]
    public async Task A_drain_answers_the_datagram_under_way()
    {
        var open = new TaskCompletionSource();
        await using var agent = Echo(wait: open.Task);
        await agent.StartAsync(default);
        using var client = Connect(agent);
        await client.SendAsync("one"u8.ToArray());
        SpinWait.SpinUntil(() => agent.ActiveOperations == 1, Patience).ShouldBeTrue();

        var stop = agent.StopAsync(default);
        SpinWait.SpinUntil(() => agent.State == AgentState.Draining, Patience).ShouldBeTrue();
        open.SetResult();
        await stop;

        (await ReceiveAsync(client)).ShouldBe("echo one");
        agent.State.ShouldBe(AgentState.Stopped);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_its_key()
    {
        using var taken = new UdpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        await using var agent = Echo(endpoint => endpoint.Address = taken.Client.LocalEndPoint!.ToString()!);

        (await Should.ThrowAsync<AgentFailedException>(agent.StartAsync(default))).Message
            .ShouldEndWith("Free the port, or set Agents:echo:Endpoints:requests:Address.");
    }

    private static TestAgent Echo(Action<EndpointOptions>? configure = null, Task? wait = null) => TestAgent.Listening(
        agent => agent.Datagrams("requests", async (datagram, _) =>
        {
            await (wait ?? Task.CompletedTask);
            return Encoding.UTF8.GetString(datagram.Data.Span) switch
            {
                "throw" => throw new InvalidOperationException("asked to"),
                "nothing" => null,
                var word => Encoding.UTF8.GetBytes("echo " + word),
            };
        }),
        configure);

    private static UdpClient Connect(BaseAgent agent)
    {
        var client = new UdpClient();
        client.Connect(agent.Endpoints[0].Address!);
        return client;
    }

    private static async Task<string> ReceiveAsync(UdpClient client) => Encoding.UTF8.GetString((await client.ReceiveAsync().WaitAsync(Patience)).Buffer);
}
