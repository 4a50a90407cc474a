namespace AgentLift.Runtime.Endpoints;

/// <summary>Names the configuration key of each value of an endpoint that is out of range.</summary>
internal static class EndpointOptionsCheck
{
    private const int MostConnections = 1_000_000;
    private const int LongestMessage = 1024 * 1024 * 1024;
    private static readonly TimeSpan ShortestIdle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromHours(24);

    public static IEnumerable<string> Failures(string key, EndpointOptions options)
    {
        if (!EndpointAddress.TryParse(options.Address, out _))
            yield return $"{key}:{nameof(EndpointOptions.Address)} is '{options.Address}'; it must be IP:PORT, such as 127.0.0.1:5601, or *:PORT.";
        if (options.MaxConnections is < 1 or > MostConnections)
            yield return $"{key}:{nameof(EndpointOptions.MaxConnections)} is {options.MaxConnections}; it must be from 1 to {MostConnections}.";
        if (options.MaxMessageBytes is < 1 or > LongestMessage)
            yield return $"{key}:{nameof(EndpointOptions.MaxMessageBytes)} is {options.MaxMessageBytes}; it must be from 1 to {LongestMessage}.";
        if (options.IdleTimeout < ShortestIdle || options.IdleTimeout > LongestIdle)
            yield return $"{key}:{nameof(EndpointOptions.IdleTimeout)} is {options.IdleTimeout:c}; it must be from {ShortestIdle:c} to {LongestIdle:c}.";
    }
}
