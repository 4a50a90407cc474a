using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace AgentLift.Runtime.Benchmarks.Soak;

/// <summary>Clients that do what clients do on a bad day, again and again, and some that behave.</summary>
internal sealed class HostileClients(IPEndPoint lines, IPEndPoint frames, IPEndPoint datagrams)
{
    public const int LongestMessage = 4096;

    // More than the idle time-out of the endpoints: the server must have ended it by then.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ByteEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(2);
    private static readonly byte[] Line = "this is a line that comes back as it is\n"u8.ToArray();

    private long overdue;

    /// <summary>Connections that the server has not closed in time.</summary>
    public long Overdue => Interlocked.Read(ref overdue);

    /// <summary>Runs until it is stopped.</summary>
    public Task RunAsync(CancellationToken stop)
    {
        (int Count, Func<CancellationToken, Task> Act)[] crowd =
        [
            (16, token => BehaveAsync(lines, Line, token)),
            (8, token => BehaveAsync(frames, Frame(Line), token)),
            (50, token => DripAsync(lines, token)),
            (20, token => DripAsync(frames, token)),
            (10, NeverReadAsync),
            (10, token => UntilClosedAsync(lines, new byte[3 * LongestMessage], token)),
            (5, token => UntilClosedAsync(frames, Prefix(int.MaxValue), token)),
            (5, token => UntilClosedAsync(frames, Prefix(-1), token)),
            (20, token => UntilClosedAsync(lines, "half a li"u8.ToArray(), token)),
            (5, token => VanishAsync(lines, token)),
            (5, token => VanishAsync(frames, token)),
            (4, DatagramsAsync),
        ];
        return Task.WhenAll(crowd.SelectMany(kind => Enumerable.Range(0, kind.Count).Select(_ => Task.Run(() => AgainAsync(kind.Act, stop), CancellationToken.None))));
    }

    private static async Task AgainAsync(Func<CancellationToken, Task> act, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await act(stop);
                await Task.Delay(Pause, stop);
            }
            catch (Exception end) when (end is SocketException or OperationCanceledException)
            {
                // Thrown out, as it deserves, or the soak is over.
            }
        }
    }

    private static async Task BehaveAsync(IPEndPoint server, byte[] message, CancellationToken stop)
    {
        const int Messages = 500;
        using var socket = await ConnectAsync(server, stop);
        var answer = new byte[message.Length];
        for (var i = 0; i < Messages; i++)
        {
            await socket.SendAsync(message, stop);
            for (var received = 0; received < answer.Length;)
            {
                var count = await socket.ReceiveAsync(answer.AsMemory(received), stop);
                received += count > 0 ? count : throw new InvalidOperationException("The server closed the connection of a client that behaves.");
            }

            await Task.Delay(Breath, stop);
        }
    }

    private async Task DripAsync(IPEndPoint server, CancellationToken stop)
    {
        using var socket = await ConnectAsync(server, stop);
        var closed = ClosedAsync(socket, stop);
        while (!closed.IsCompleted)
        {
            await socket.SendAsync((byte[])[0], stop);
            await Task.WhenAny(closed, Task.Delay(ByteEvery, stop));
        }

        await closed;
    }

    // Sends until nothing goes any more: buffers are full on both sides, and the server waits for it.
    private async Task NeverReadAsync(CancellationToken stop)
    {
        using var socket = await ConnectAsync(lines, stop);

        // Little room for answers, so that the server is stuck soon and not busy with megabytes of them.
        socket.ReceiveBufferSize = LongestMessage;
        var many = Enumerable.Repeat(Line, 100).SelectMany(line => line).ToArray();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            while (true)
                await socket.SendAsync(many, limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Interlocked.Increment(ref overdue);
        }
    }

    private async Task UntilClosedAsync(IPEndPoint server, byte[] bytes, CancellationToken stop)
    {
        using var socket = await ConnectAsync(server, stop);
        await socket.SendAsync(bytes, stop);
        await ClosedAsync(socket, stop);
    }

    private static async Task VanishAsync(IPEndPoint server, CancellationToken stop)
    {
        using var socket = await ConnectAsync(server, stop);
        await socket.SendAsync(Line, stop);

        // Without a word: the other side is reset.
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
    }

    private async Task DatagramsAsync(CancellationToken stop)
    {
        // Closed before the answers come: the system reports them to the server as refused.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.SendToAsync(Line, datagrams, stop);
        await socket.SendToAsync(new byte[2 * LongestMessage], datagrams, stop);
        await socket.SendToAsync(Array.Empty<byte>(), datagrams, stop);
    }

    private async Task ClosedAsync(Socket socket, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        var buffer = new byte[Line.Length];
        try
        {
            while (await socket.ReceiveAsync(buffer, limit.Token) > 0)
            {
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Interlocked.Increment(ref overdue);
        }
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint server, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static byte[] Frame(byte[] message) => [.. Prefix(message.Length), .. message];

    private static byte[] Prefix(int length)
    {
        var prefix = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(prefix, length);
        return prefix;
    }
}
