using AgentLift.Runtime.Hosting;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Names the configuration key of each value of an endpoint that is out of range.</summary>
internal static class EndpointOptionsCheck
{
    public static IEnumerable<string> Failures(string key, EndpointOptions options) => new[]
    {
        // The agent's code may give one.
        options.Address.Length == 0 || EndpointAddress.TryParse(options.Address, out _)
            ? null
            : $"{key}:{nameof(options.Address)} is '{options.Address}'; it must be IP:PORT, such as 127.0.0.1:5601, or *:PORT.",
        OptionRange.Failure($"{key}:{nameof(options.MaxConnections)}", options.MaxConnections, 1, 1_000_000),
        OptionRange.Failure($"{key}:{nameof(options.MaxMessageBytes)}", options.MaxMessageBytes, 1, 1024 * 1024 * 1024),
        OptionRange.Failure($"{key}:{nameof(options.IdleTimeout)}", options.IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)),
    }.OfType<string>();
}
