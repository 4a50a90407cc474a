using System.Net;

namespace AgentLift.Runtime.Discovery;

/// <summary>What a directory tells others of where an endpoint listens.</summary>
internal static class AdvertisedAddress
{
    /// <summary>States <c>HOST:PORT</c> of an endpoint as others reach it.</summary>
    /// <param name="options">May name the host.</param>
    /// <param name="bound">Where the endpoint listens.</param>
    public static string Of(DirectoryOptions options, IPEndPoint bound)
    {
        var everywhere = bound.Address.Equals(IPAddress.Any) || bound.Address.Equals(IPAddress.IPv6Any);
        var host = options.AdvertisedHost ?? (everywhere ? Environment.MachineName : bound.Address.ToString());
        return host.Contains(':') && !host.StartsWith('[') ? $"[{host}]:{bound.Port}" : $"{host}:{bound.Port}";
    }
}
