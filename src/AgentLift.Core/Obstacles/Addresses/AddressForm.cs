namespace AgentLift.Core.Obstacles.Addresses;

/// <summary>What the addresses of a table are.</summary>
internal enum AddressForm
{
    /// <summary>A text, such as <c>10.0.0.5:5601</c> or <c>tcp://10.0.0.5:5601</c>.</summary>
    Text,

    /// <summary>A <c>Uri</c>.</summary>
    Uri,

    /// <summary>An <c>IPEndPoint</c>.</summary>
    IPEndPoint,

    /// <summary>A <c>DnsEndPoint</c>.</summary>
    DnsEndPoint,

    /// <summary>A tuple of host and port.</summary>
    Tuple,

    /// <summary>A tuple of port and host.</summary>
    TurnedTuple,

    /// <summary>A record or structure that is made of host and port.</summary>
    Pair,
}
