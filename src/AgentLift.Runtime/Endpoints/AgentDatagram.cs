using System.Net;

namespace AgentLift.Runtime;

/// <summary>One datagram that an agent received.</summary>
/// <param name="Data">Its bytes. They are used again once the datagram is answered: copy what is to be kept.</param>
/// <param name="Sender">Where it came from, and where an answer goes.</param>
#pragma warning disable CA1815 // Nobody compares datagrams.
public readonly record struct AgentDatagram(ReadOnlyMemory<byte> Data, IPEndPoint Sender);
#pragma warning restore CA1815
