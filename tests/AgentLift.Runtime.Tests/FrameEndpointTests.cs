using System.Net.Sockets;
using System.Text;

namespace AgentLift.Runtime.Tests;

public class FrameEndpointTests
{
    public static TheoryData<FrameFormat, byte[]> Formats => new()
    {
        { FrameFormat.BigEndian32, [0, 0, 0, 2] },
        { FrameFormat.LittleEndian32, [2, 0, 0, 0] },
        { new FrameFormat { LengthBytes = 2 }, [0, 2] },
        { new FrameFormat { LengthBytes = 2, LittleEndian = true, CountsItself = true }, [4, 0] },
        { new FrameFormat { CountsItself = true }, [0, 0, 0, 6] },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Each_frame_is_answered_by_a_frame(FrameFormat format, byte[] prefix)
    {
        await using var agent = Echo(format);
        await agent.StartAsync(default);
        using var client = await ConnectAsync(agent);
        byte[] frame = [.. prefix, (byte)'h', (byte)'i'];

        await client.WriteAsync(frame);
        await client.WriteAsync(frame);

        (await ReadAsync(client, 2 * frame.Length)).ShouldBe([.. frame, .. frame]);
    }

    [Fact]
    public async Task A_frame_may_come_byte_by_byte_and_be_larger_than_any_buffer()
    {
        await using var agent = Echo(FrameFormat.BigEndian32, endpoint => endpoint.MaxMessageBytes = 3_000_000);
        await agent.StartAsync(default);
        using var client = await ConnectAsync(agent);
        var body = Enumerable.Range(0, 3_000_000).Select(i => (byte)i).ToArray();

        foreach (var part in new byte[] { 0x00, 0x2D, 0xC6, 0xC0 })
        {
            await client.WriteAsync(new[] { part });
            await client.FlushAsync();
        }

        await client.WriteAsync(body);

        (await ReadAsync(client, body.Length + 4)).AsSpan(4).SequenceEqual(body).ShouldBeTrue();
    }

    [Theory]
    [InlineData(new byte[] { 0x7F, 0xFF, 0xFF, 0xFF }, "longer than allowed, though nothing of it has come")]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, "negative in the eyes of a careless reader")]
    public async Task A_frame_that_announces_too_much_closes_its_connection_at_once(byte[] prefix, string why)
    {
        await using var agent = Echo(FrameFormat.BigEndian32);
        await agent.StartAsync(default);
        using var client = await ConnectAsync(agent);

        await client.WriteAsync(prefix);

        (await IsClosedAsync(client)).ShouldBeTrue(why);
    }

    [Fact]
    public async Task A_length_less_than_that_of_its_own_prefix_closes_the_connection()
    {
        await using var agent = Echo(new FrameFormat { CountsItself = true });
        await agent.StartAsync(default);
        using var client = await ConnectAsync(agent);

        await client.WriteAsync(new byte[] { 0, 0, 0, 3 });

        (await IsClosedAsync(client)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_answer_too_long_for_its_prefix_closes_the_connection_instead_of_being_cut()
    {
        await using var agent = TestAgent.Listening(self => self.Frames(
            "requests", (_, _) => ValueTask.FromResult<byte[]?>(new byte[70_000]), new FrameFormat { LengthBytes = 2 }));
        await agent.StartAsync(default);
        using var client = await ConnectAsync(agent);

        await client.WriteAsync("\0\0"u8.ToArray());

        (await IsClosedAsync(client)).ShouldBeTrue();
    }

    [Fact]
    public void A_length_of_three_bytes_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new FrameFormat { LengthBytes = 3 }).Message.ShouldStartWith("A length takes 2 or 4 bytes.");

    private static TestAgent Echo(FrameFormat format, Action<EndpointOptions>? configure = null) => TestAgent.Listening(
        agent => agent.Frames("requests", (frame, _) => ValueTask.FromResult<byte[]?>(frame.ToArray()), format), configure);

    private static async Task<NetworkStream> ConnectAsync(BaseAgent agent)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(agent.Endpoints[0].Address!);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static async Task<byte[]> ReadAsync(NetworkStream client, int count)
    {
        var bytes = new byte[count];
        await client.ReadExactlyAsync(bytes).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        return bytes;
    }

    private static async Task<bool> IsClosedAsync(NetworkStream client)
    {
        try
        {
            return await client.ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(30)) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
