using System.Net.Sockets;
using System.Text;
using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Monitoring;

/// <summary>Tells systemd in datagrams. That it cannot be told is logged once and hurts nobody.</summary>
/// <param name="address">A path, or a name in the abstract namespace with <c>@</c> for its leading zero.</param>
/// <param name="logger">Where a failure is told.</param>
internal sealed class SystemdSocket(string address, ILogger logger)
{
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(1);
    private int told;

    public void Tell(params ReadOnlySpan<string> lines)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = (int)SendLimit.TotalMilliseconds };
            socket.Connect(new UnixDomainSocketEndPoint(address.StartsWith('@') ? '\0' + address[1..] : address));
            socket.Send(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        }
#pragma warning disable CA1031 // Whatever is wrong with the socket, the agents must not suffer from it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (Interlocked.Exchange(ref told, 1) == 0)
                MonitoringLog.NotifyFailed(logger, error);
        }
    }
}
