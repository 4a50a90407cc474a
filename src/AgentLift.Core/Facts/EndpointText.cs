using System.Text.RegularExpressions;

namespace AgentLift.Core.Facts;

/// <summary>Tells texts that name an endpoint: URLs, host:port, IP addresses, connection strings.</summary>
internal static class EndpointText
{
    // NetMQ writes "@tcp://..." for bind and ">tcp://..." for connect.
    private static readonly Regex Url = new(
        @"^[@>]?(https?|wss?|tcp|udp|ipc|pgm|amqps?|rediss?|mongodb(\+srv)?|net\.tcp|grpc|nats|mqtts?|ftp|postgres(ql)?|mysql|bolt|neo4j)://[^/\s]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex HostAndPort = new(
        @"^(localhost|[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9-]+)*|\*|\+):([1-9][0-9]{1,4})(,.*)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Address = new(@"^([0-9]{1,3}\.){3}[0-9]{1,3}$|^::1?$|^localhost$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex ConnectionString = new(
        @"(^|;)\s*(data source|datasource|server|host|addr|address|network address|initial catalog|database|endpoint|accountendpoint|filename|contact points)\s*=\s*[^;\s]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static bool LooksLikeEndpoint(string? text) =>
        text is { Length: > 2 and < 500 }
        && (Url.IsMatch(text) || HostAndPort.IsMatch(text) || Address.IsMatch(text) || ConnectionString.IsMatch(text));

    public static bool IsUrl(string? text) => text is { Length: > 6 and < 500 } && Url.IsMatch(text);

    public static bool IsConnectionString(string? text) => text is { Length: > 4 and < 1000 } && ConnectionString.IsMatch(text);
}
