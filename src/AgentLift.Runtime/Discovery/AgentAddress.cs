using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AgentLift.Runtime;

/// <summary>Where an endpoint is reached, as directories and settings state it: <c>HOST:PORT</c>.</summary>
/// <param name="Host">A host name or an IP address; one of version 6 without its brackets.</param>
/// <param name="Port">The port; 1 to 65535.</param>
public readonly record struct AgentAddress(string Host, int Port)
{
    /// <summary>Reads <c>HOST:PORT</c>; an address of version 6 stands in brackets, as in <c>[::1]:5601</c>.</summary>
    /// <param name="text">The text, without a scheme or path.</param>
    /// <exception cref="FormatException">It is something else; the message holds it.</exception>
    public static AgentAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        if (colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0)
        {
            var host = text[..colon];
            if (host is ['[', .. var inner, ']'] ? Uri.CheckHostName(inner) == UriHostNameType.IPv6 : Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4)
                return new AgentAddress(host.Trim('[', ']'), port);
        }

        throw new FormatException($"'{text}' is no address; it must be HOST:PORT, such as 10.0.0.5:5601.");
    }

    /// <summary>Finds the IP address. A host name is asked of the name service each time, as it may have moved; of its addresses the first of version 4 is taken, or the first where it has none.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SocketException">The host is not known, or the name service does not answer.</exception>
    public async ValueTask<IPEndPoint> ResolveAsync(CancellationToken cancellationToken = default)
    {
        if (IPAddress.TryParse(Host, out var known))
            return new IPEndPoint(known, Port);
        var found = await Dns.GetHostAddressesAsync(Host, cancellationToken).ConfigureAwait(false);
        return found.Length > 0
            ? new IPEndPoint(found.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? found[0], Port)
            : throw new SocketException((int)SocketError.HostNotFound, $"The host {Host} has no IP address.");
    }

    /// <summary>The same for clients that resolve host names themselves.</summary>
    public DnsEndPoint ToDnsEndPoint() => new(Host, Port);

    /// <summary>The address as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
