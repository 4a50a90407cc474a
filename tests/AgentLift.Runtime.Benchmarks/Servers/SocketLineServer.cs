using System.Net;
using System.Net.Sockets;

namespace AgentLift.Runtime.Benchmarks.Servers;

/// <summary>The least that a connection can cost which keeps no thread: one that waits without a buffer for the next line.</summary>
internal static class SocketLineServer
{
    private const int Backlog = 1024;
    private const int BufferBytes = 4096;

    public static int Start()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(Backlog);
        _ = AcceptAsync(listener);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task AcceptAsync(TcpListener listener)
    {
        while (true)
            _ = ServeAsync(await listener.AcceptSocketAsync());
    }

    private static async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            while (true)
            {
                await socket.ReceiveAsync(Memory<byte>.Empty);
                if (!Echo(socket))
                    return;
            }
        }
    }

    // Apart, so that the buffer is no part of what waits.
    private static bool Echo(Socket socket)
    {
        Span<byte> buffer = stackalloc byte[BufferBytes];
        var received = socket.Receive(buffer);
        if (received > 0)
            socket.Send(buffer[..received]);
        return received > 0;
    }
}
