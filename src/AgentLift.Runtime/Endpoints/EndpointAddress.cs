using System.Net;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Reads where an endpoint listens.</summary>
internal static class EndpointAddress
{
    public static bool TryParse(string text, out IPEndPoint endPoint)
    {
        if (text.StartsWith("*:", StringComparison.Ordinal) && ushort.TryParse(text.AsSpan(2), out var port))
        {
            endPoint = new IPEndPoint(IPAddress.IPv6Any, port);
            return true;
        }

        if (IPEndPoint.TryParse(text, out var parsed) && (text.EndsWith(":0", StringComparison.Ordinal) || parsed.Port > 0))
        {
            endPoint = parsed;
            return true;
        }

        endPoint = new IPEndPoint(IPAddress.None, 0);
        return false;
    }
}
