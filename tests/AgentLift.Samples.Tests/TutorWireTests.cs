using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AgentLift.Samples.Tests;

/// <summary>The lifted tutor answers the same requests with the same bytes as the legacy one.</summary>
[Collection(StartedAgents.Name)]
public sealed class TutorWireTests(FleetFiles files)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly byte[] Health = "{\"cmd\":\"health\"}\n"u8.ToArray();

    [Fact]
    public async Task The_same_requests_get_the_same_bytes()
    {
        await using var tutors = await TutorPair.StartAsync(files);

        // One line a packet; each answered before the next is sent.
        foreach (var requests in new[] { TutorRequests.Commands, TutorRequests.BadRequests, TutorRequests.Texts, TutorRequests.AllPassed })
            await AnswersAreEqualAsync(tutors, requests.Length, [.. requests.Select(request => Encoding.UTF8.GetBytes(request + "\n"))]);
    }

    [Fact]
    public async Task How_requests_are_cut_into_packets_changes_no_byte()
    {
        await using var tutors = await TutorPair.StartAsync(files);
        var all = TutorRequests.Commands.Concat(TutorRequests.BadRequests).Concat(TutorRequests.Texts).ToArray();
        var text = Encoding.UTF8.GetBytes(string.Join('\n', all) + "\n");
        var unicode = "{\"cmd\":\"progress\",\"student\":\"学生\"}\n"u8.ToArray();

        await AnswersAreEqualAsync(tutors, all.Length, text);
        await AnswersAreEqualAsync(tutors, all.Length, Encoding.UTF8.GetBytes(string.Join("\r\n", all) + "\r\n"));

        // The first packet ends within a request, once within a letter of several bytes; its whole requests are answered before the second packet is sent.
        await AnswersAreEqualAsync(tutors, 3, [.. Health, .. unicode[..9]], [.. unicode[9..], .. Health]);
        await AnswersAreEqualAsync(tutors, 3, [.. Health, .. unicode[..29]], [.. unicode[29..], .. Health]);
        await AnswersAreEqualAsync(tutors, 2, [.. Health, .. unicode[..^1]], unicode[^1..]);
    }

    [Fact]
    public async Task A_client_that_ends_its_side_at_once_gets_the_same_bytes()
    {
        await using var tutors = await TutorPair.StartAsync(files);

        // Waits for the table: an answer that must wait is given up once the client has ended its side.
        await AnswersAreEqualAsync(tutors, 1, "{\"cmd\":\"similar\",\"a\":\"\",\"b\":\"\"}\n"u8.ToArray());
        foreach (var request in TutorRequests.Commands)
            (await AskAndEndAsync(tutors.LiftedPort, request)).ShouldBe(await AskAndEndAsync(tutors.LegacyPort, request), request);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_get_the_same_bytes()
    {
        await using var tutors = await TutorPair.StartAsync(files);

        await AnswersAreEqualAsync(tutors, 1, [0x80, 0xFF, 0xFE, (byte)'\n']);
        await AnswersAreEqualAsync(tutors, 1, [.. "{\"cmd\":\"progress\",\"student\":\""u8, 0xC3, 0x28, .. "\"}\n"u8]);
        await AnswersAreEqualAsync(tutors, 2, [0, (byte)'\n', .. Health]);
    }

    [Fact]
    public async Task The_lifted_tutor_enters_itself_in_the_registry_as_the_legacy_one_does()
    {
        using var registry = new TcpListener(IPAddress.Loopback, 0);
        registry.Start();
        var directory = files.NewFile("directory.json");
        await File.WriteAllTextAsync(
            directory,
            $$"""{ "agents": [ { "name": "service-registry", "instances": [ { "id": "a", "endpoints": { "lines": "{{registry.LocalEndpoint}}" } } ] } ] }""");
        var port = FreePort.Tcp();
        await using var tutor = await TutorPair.StartLiftedAsync(files, port, $"--Directory:File={directory}");

        using var client = await registry.AcceptTcpClientAsync().WaitAsync(Patience);
        using var reader = new StreamReader(client.GetStream());
        var line = await reader.ReadLineAsync().WaitAsync(Patience);

        line.ShouldBe($$"""{"cmd":"register","name":"tutor","port":{{port}},"group":"dialogue"}""");
    }

    [Fact]
    public async Task A_signal_ends_the_lifted_tutor_in_order_also_with_a_client_connected()
    {
        var port = FreePort.Tcp();
        await using var tutor = await TutorPair.StartLiftedAsync(files, port);
        using var client = await ConnectAsync(port);
        await client.GetStream().WriteAsync(Health);
        await ReadLinesAsync(client.GetStream(), 1);

        (await tutor.TerminateAsync()).ShouldBe(0, tutor.Output);
        tutor.Output.ShouldContain("Agent tutor stopped");
    }

    private static async Task AnswersAreEqualAsync(TutorPair tutors, int requests, params byte[][] packets)
    {
        var legacy = await AskAsync(tutors.LegacyPort, packets);
        var lifted = await AskAsync(tutors.LiftedPort, packets);

        Encoding.UTF8.GetString(lifted).ShouldBe(Encoding.UTF8.GetString(legacy));
        lifted.ShouldBe(legacy);
        lifted.Count(value => value == '\n').ShouldBe(requests);
    }

    /// <summary>Sends packets, each once the whole lines so far have been answered, and reads all that comes until the other side closes.</summary>
    private static async Task<byte[]> AskAsync(int port, byte[][] packets)
    {
        using var client = await ConnectAsync(port);
        var stream = client.GetStream();
        var answers = new List<byte>();
        foreach (var packet in packets)
        {
            await stream.WriteAsync(packet);
            answers.AddRange(await ReadLinesAsync(stream, packet.Count(value => value == '\n')));
        }

        client.Client.Shutdown(SocketShutdown.Send);
        var rest = new MemoryStream();
        await stream.CopyToAsync(rest).WaitAsync(Patience);
        return [.. answers, .. rest.ToArray()];
    }

    /// <summary>Asks as <c>echo ... | nc -N</c> does.</summary>
    private static async Task<string> AskAndEndAsync(int port, string request)
    {
        using var client = await ConnectAsync(port);
        using var reader = new StreamReader(client.GetStream());
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request + "\n"));
        client.Client.Shutdown(SocketShutdown.Send);
        return await reader.ReadToEndAsync().WaitAsync(Patience);
    }

    private static async Task<List<byte>> ReadLinesAsync(NetworkStream stream, int lines)
    {
        var read = new List<byte>();
        var buffer = new byte[64 * 1024];
        while (read.Count(value => value == '\n') < lines)
        {
            var count = await stream.ReadAsync(buffer).AsTask().WaitAsync(Patience);
            count.ShouldBeGreaterThan(0, "The agent closed the connection.");
            read.AddRange(buffer.AsSpan(0, count));
        }

        return read;
    }

    private static async Task<TcpClient> ConnectAsync(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }
}
