namespace AgentLift.Runtime;

/// <summary>A peer sent what the endpoint's protocol or limits do not allow. Its connection is closed.</summary>
public sealed class EndpointProtocolException : Exception
{
    /// <summary>States what the peer did wrong.</summary>
    /// <param name="message">What, and which limit.</param>
    public EndpointProtocolException(string message)
        : base(message)
    {
    }
}
