using System.Net;
using System.Net.Sockets;

namespace AgentLift.Runtime.Benchmarks.Servers;

/// <summary>The listener of a legacy agent: a thread accepts, and each client has a thread.</summary>
internal static class ThreadLineServer
{
    public static int Start()
    {
        // Longer than the default, or the system answers a burst of ten thousand connections with time-outs.
        const int Backlog = 1024;
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(Backlog);
        new Thread(() => Accept(listener)) { IsBackground = true }.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Accept(TcpListener listener)
    {
        while (true)
        {
            var client = listener.AcceptTcpClient();
            new Thread(() => Serve(client)) { IsBackground = true }.Start();
        }
    }

    private static void Serve(TcpClient client)
    {
        // Legacy agents rarely say so; without it, the answers to a batch would time Nagle's algorithm and not the listener.
        client.NoDelay = true;
        using (client)
        using (var reader = new StreamReader(client.GetStream()))
        using (var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\n" })
        {
            try
            {
                while (reader.ReadLine() is { } line)
                    writer.WriteLine(line);
            }
            catch (IOException)
            {
                // The client is gone.
            }
        }
    }
}
