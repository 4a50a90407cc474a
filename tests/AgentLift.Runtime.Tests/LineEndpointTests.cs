using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace AgentLift.Runtime.Tests;

public class LineEndpointTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Each_line_is_answered_by_a_line()
    {
        await using var agent = Echo();
        await agent.StartAsync(default);
        using var client = await LineClient.ConnectAsync(agent);

        await client.SendAsync("one\ntwo\r\nnothing\nthree\n");

        (await client.ReadLinesAsync(3)).ShouldBe(["echo one", "echo two", "echo three"]);
    }

    [Fact]
    public async Task A_line_may_come_in_pieces_and_in_any_script()
    {
        await using var agent = Echo();
        await agent.StartAsync(default);
        using var client = await LineClient.ConnectAsync(agent);

        await client.SendAsync("Gr\u00fc\u00dfe ");
        await client.SendAsync("\u4e16\u754c\n");

        (await client.ReadLinesAsync(1)).ShouldBe(["echo Gr\u00fc\u00dfe \u4e16\u754c"]);
    }

    [Fact]
    public async Task What_a_peer_sent_before_it_ended_its_side_is_answered()
    {
        await using var agent = Echo();
        await agent.StartAsync(default);

        // As `nc -N` does: both the lines and the end are there before the endpoint looks. As for StreamReader, the last line needs no end.
        for (var round = 0; round < 50; round++)
        {
            using var peer = new TcpClient();
            await peer.ConnectAsync(agent.Endpoints[0].Address!);
            using var reader = new StreamReader(peer.GetStream());
            await peer.GetStream().WriteAsync("one\ntwo"u8.ToArray());
            peer.Client.Shutdown(SocketShutdown.Send);

            (await reader.ReadToEndAsync()).ShouldBe("echo one\necho two\n");
        }
    }

    [Fact]
    public async Task Lines_are_what_a_StreamReader_reads()
    {
        await using var agent = TestAgent.Listening(self => self.Lines("requests", line => $"[{line}]"));
        await agent.StartAsync(default);

        foreach (var sent in new[] { "\uFEFFone\ntwo", "\uFEFF\n\uFEFFtwo\n", "one\r\n\r\ntwo\r", "\n\n", "one\n\r" })
        {
            using var peer = new TcpClient();
            await peer.ConnectAsync(agent.Endpoints[0].Address!);
            using var reader = new StreamReader(peer.GetStream());
            var bytes = System.Text.Encoding.UTF8.GetBytes(sent);
            await peer.GetStream().WriteAsync(bytes);
            peer.Client.Shutdown(SocketShutdown.Send);

            using var expected = new StreamReader(new MemoryStream(bytes));
            var answers = new List<string>();
            while (expected.ReadLine() is { } line)
                answers.Add($"[{line}]\n");
            (await reader.ReadToEndAsync()).ShouldBe(string.Concat(answers));
        }
    }

    [Fact]
    public async Task An_answer_ends_as_it_is_asked_to()
    {
        await using var agent = TestAgent.Listening(self => self.Lines("requests", (line, _) => ValueTask.FromResult<string?>(line), newLine: "\r\n"));
        await agent.StartAsync(default);
        using var peer = new TcpClient();
        await peer.ConnectAsync(agent.Endpoints[0].Address!);
        using var reader = new StreamReader(peer.GetStream());
        var longLine = new string('x', 5000);
        await peer.GetStream().WriteAsync(System.Text.Encoding.UTF8.GetBytes($"one\n{longLine}\n"));
        peer.Client.Shutdown(SocketShutdown.Send);

        (await reader.ReadToEndAsync()).ShouldBe($"one\r\n{longLine}\r\n");
    }

    [Fact]
    public async Task A_peer_that_has_ended_its_side_still_gets_an_answer_that_takes_long()
    {
        var open = new TaskCompletionSource();
        await using var agent = TestAgent.Listening(self => self.Lines("requests", async (line, token) =>
        {
            await open.Task.WaitAsync(token);
            return "echo " + line;
        }));
        await agent.StartAsync(default);
        using var peer = new TcpClient();
        await peer.ConnectAsync(agent.Endpoints[0].Address!);
        using var reader = new StreamReader(peer.GetStream());
        await peer.GetStream().WriteAsync("one\n"u8.ToArray());
        peer.Client.Shutdown(SocketShutdown.Send);
        SpinWait.SpinUntil(() => agent.ActiveOperations == 1, TimeSpan.FromSeconds(30)).ShouldBeTrue();

        open.SetResult();

        (await reader.ReadToEndAsync()).ShouldBe("echo one\n");
    }

    [Fact]
    public async Task A_line_that_is_too_long_closes_its_connection_and_no_other()
    {
        await using var agent = Echo(endpoint => endpoint.MaxMessageBytes = 10);
        await agent.StartAsync(default);
        using var good = await LineClient.ConnectAsync(agent);
        using var bad = await LineClient.ConnectAsync(agent);

        await bad.SendAsync("more than ten bytes and no end");

        (await bad.IsClosedAsync()).ShouldBeTrue();
        await good.SendAsync("ten bytes!\n");
        (await good.ReadLinesAsync(1)).ShouldBe(["echo ten bytes!"]);
    }

    [Fact]
    public async Task An_answer_that_throws_closes_its_connection_and_no_other()
    {
        await using var agent = Echo();
        await agent.StartAsync(default);
        using var good = await LineClient.ConnectAsync(agent);
        using var bad = await LineClient.ConnectAsync(agent);

        await bad.SendAsync("throw\n");

        (await bad.IsClosedAsync()).ShouldBeTrue();
        await good.SendAsync("one\n");
        (await good.ReadLinesAsync(1)).ShouldBe(["echo one"]);
        SpinWait.SpinUntil(() => agent.ActiveOperations == 0, Patience).ShouldBeTrue();
    }

    [Fact]
    public async Task A_cancellation_of_the_agents_own_is_a_failure_and_not_the_end_of_a_connection()
    {
        await using var agent = TestAgent.Listening(self => self.Lines("requests", (_, _) => throw new TaskCanceledException("the store took too long")));
        await agent.StartAsync(default);
        using var client = await LineClient.ConnectAsync(agent);

        await client.SendAsync("one\n");

        (await client.IsClosedAsync()).ShouldBeTrue();
        SpinWait.SpinUntil(() => agent.Failures == 1, TimeSpan.FromSeconds(30)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_drain_answers_what_was_received_and_refuses_new_connections()
    {
        var open = new TaskCompletionSource();
        await using var agent = Echo(wait: open.Task);
        await agent.StartAsync(default);
        var address = agent.Endpoints[0].Address!;
        using var client = await LineClient.ConnectAsync(agent);
        await client.SendAsync("one\ntwo\n");
        SpinWait.SpinUntil(() => agent.ActiveOperations == 1, TimeSpan.FromSeconds(30)).ShouldBeTrue();

        var stop = agent.StopAsync(default);
        SpinWait.SpinUntil(() => agent.State == AgentState.Draining, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        open.SetResult();
        await stop;

        (await client.ReadLinesAsync(2)).ShouldBe(["echo one", "echo two"]);
        (await client.IsClosedAsync()).ShouldBeTrue();
        using var late = new TcpClient();
        await Should.ThrowAsync<SocketException>(late.ConnectAsync(address));
    }

    [Fact]
    public async Task A_silent_connection_is_closed()
    {
        var time = new ManualTime();
        await using var agent = Echo(endpoint => endpoint.IdleTimeout = TimeSpan.FromSeconds(5), time: time);
        await agent.StartAsync(default);
        using var client = await LineClient.ConnectAsync(agent);
        SpinWait.SpinUntil(() => agent.Endpoints[0].Connections == 1, TimeSpan.FromSeconds(30)).ShouldBeTrue();

        time.Advance(TimeSpan.FromSeconds(6));

        (await client.IsClosedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_its_key()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var agent = Echo(endpoint => endpoint.Address = taken.LocalEndpoint.ToString()!);

        var failure = await Should.ThrowAsync<AgentFailedException>(agent.StartAsync(default));

        failure.Message.ShouldStartWith($"Agent echo failed in endpoint requests: it cannot listen on {taken.LocalEndpoint}: ");
        failure.Message.ShouldEndWith("Free the port, or set Agents:echo:Endpoints:requests:Address.");
    }

    [Fact]
    public async Task An_endpoint_without_an_address_names_its_key()
    {
        await using var agent = Echo(endpoint => endpoint.Address = string.Empty);

        (await Should.ThrowAsync<AgentFailedException>(agent.StartAsync(default))).Message
            .ShouldBe("Agent echo failed in endpoint requests: Agents:echo:Endpoints:requests:Address is ''; set it to IP:PORT, such as 127.0.0.1:5601.");
    }

    [Fact]
    public async Task A_certificate_that_does_not_load_is_named_with_its_key()
    {
        await using var agent = Echo(endpoint => endpoint.CertificateFile = "/nowhere/agent.pfx");

        var failure = await Should.ThrowAsync<AgentFailedException>(agent.StartAsync(default));

        failure.Message.ShouldStartWith("Agent echo failed in endpoint requests: the certificate /nowhere/agent.pfx does not load: ");
        failure.Message.ShouldEndWith("Check Agents:echo:Endpoints:requests:CertificateFile and its password.");
    }

    [Fact]
    public async Task Tls_is_a_matter_of_configuration()
    {
        using var certificate = new TestCertificate();
        await using var agent = Echo(certificate.Use);
        await agent.StartAsync(default);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(agent.Endpoints[0].Address!);
#pragma warning disable CA5359 // The certificate is the test's own.
        await using var stream = new SslStream(tcp.GetStream(), false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync(TestCertificate.Host);

        await stream.WriteAsync("one\n"u8.ToArray());

        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync()).ShouldBe("echo one");
    }

    [Fact]
    public async Task A_silent_connection_over_Tls_is_closed_and_is_no_failure()
    {
        using var certificate = new TestCertificate();
        var time = new ManualTime();
        await using var agent = Echo(
            endpoint =>
            {
                certificate.Use(endpoint);
                endpoint.IdleTimeout = TimeSpan.FromSeconds(5);
            },
            time: time);
        await agent.StartAsync(default);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(agent.Endpoints[0].Address!);
#pragma warning disable CA5359 // The certificate is the test's own.
        await using var stream = new SslStream(tcp.GetStream(), false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync(TestCertificate.Host);
        SpinWait.SpinUntil(() => agent.Endpoints[0].Connections == 1, TimeSpan.FromSeconds(30)).ShouldBeTrue();

        time.Advance(TimeSpan.FromSeconds(6));

        SpinWait.SpinUntil(() => agent.Endpoints[0].Connections == 0, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        agent.Failures.ShouldBe(0);
    }

    private static TestAgent Echo(Action<EndpointOptions>? configure = null, Task? wait = null, TimeProvider? time = null) => TestAgent.Listening(
        agent => agent.Lines("requests", async (line, _) =>
        {
            await (wait ?? Task.CompletedTask);
            return line switch
            {
                "throw" => throw new InvalidOperationException("asked to"),
                "nothing" => null,
                _ => "echo " + line,
            };
        }),
        configure,
        time);
}
