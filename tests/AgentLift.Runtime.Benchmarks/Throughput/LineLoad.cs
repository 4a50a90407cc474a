using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AgentLift.Runtime.Benchmarks.Throughput;

/// <summary>Connections that each send a batch of lines, await all answers, and send the next; the same for every server.</summary>
internal sealed class LineLoad : IDisposable
{
    private readonly Socket[] sockets;
    private readonly byte[] batch;
    private readonly int linesInBatch;

    private LineLoad(Socket[] sockets, int linesInBatch, int lineBytes)
    {
        this.sockets = sockets;
        this.linesInBatch = linesInBatch;
        batch = [.. Enumerable.Repeat(Line(lineBytes), linesInBatch).SelectMany(line => line)];
    }

    public static async Task<LineLoad> ConnectAsync(IPEndPoint server, int connections, int linesInBatch, int lineBytes)
    {
        var sockets = new Socket[connections];
        for (var i = 0; i < connections; i++)
        {
            sockets[i] = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await sockets[i].ConnectAsync(server);
        }

        return new LineLoad(sockets, linesInBatch, lineBytes);
    }

    /// <summary>Sends and reads for about so long.</summary>
    /// <returns>Lines answered.</returns>
    public async Task<long> RunAsync(TimeSpan duration)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        return (await Task.WhenAll(sockets.Select(socket => Task.Run(() => AskAsync(socket, end))))).Sum();
    }

    public void Dispose()
    {
        foreach (var socket in sockets)
            socket.Dispose();
    }

    private async Task<long> AskAsync(Socket socket, long end)
    {
        var answers = new byte[batch.Length];
        var lines = 0L;
        while (Stopwatch.GetTimestamp() < end)
        {
            await socket.SendAsync(batch);
            var received = 0;
            while (received < batch.Length)
            {
                var count = await socket.ReceiveAsync(answers.AsMemory(received));
                received += count > 0 ? count : throw new InvalidOperationException("The server closed a connection under load.");
            }

            // An echo that is not the question would make the figure worthless.
            if (!answers.AsSpan().SequenceEqual(batch))
                throw new InvalidOperationException("The server sent back other lines than it was sent.");
            lines += linesInBatch;
        }

        return lines;
    }

    private static byte[] Line(int bytes) => [.. Enumerable.Range(0, bytes - 1).Select(i => (byte)('a' + (i % 26))), (byte)'\n'];
}
