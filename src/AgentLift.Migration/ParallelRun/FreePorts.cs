using System.Net;
using System.Net.Sockets;

namespace AgentLift.Migration.ParallelRun;

/// <summary>Finds ports that nobody listens on.</summary>
internal static class FreePorts
{
    private const int Tries = 200;
    private const int HighestPort = 65_535;

    /// <summary>A port such that all ports at the offsets from it are free for TCP and UDP.</summary>
    public static int Find(IReadOnlyCollection<int> offsets)
    {
        for (var i = 0; i < Tries; i++)
        {
            int port;
            using (var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                port = ((IPEndPoint)probe.LocalEndPoint!).Port;
            }

            if (port + offsets.Max() <= HighestPort && offsets.All(offset => IsFree(port + offset)))
                return port;
        }

        throw new ParallelRunException("no free ports were found", "end programs that hold ports on this machine");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            tcp.Bind(new IPEndPoint(IPAddress.Loopback, port));
            using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
