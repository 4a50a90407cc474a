using System.Net;

namespace AgentLift.Runtime;

/// <summary>One datagram that an agent received.</summary>
#pragma warning disable CA1815 // Nobody compares datagrams.
public readonly struct AgentDatagram
#pragma warning restore CA1815
{
    internal AgentDatagram(ReadOnlyMemory<byte> data, IPEndPoint sender)
    {
        Data = data;
        Sender = sender;
    }

    /// <summary>Its bytes. They are used again once the datagram is answered: copy what is to be kept.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Where it came from, and where an answer goes.</summary>
    public IPEndPoint Sender { get; }
}
