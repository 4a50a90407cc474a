using System.Collections.Immutable;
using System.Net.Sockets;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Sockets that an agent made itself and handed over: closed when it stops, last one first, and shown in its health.</summary>
internal sealed class OwnedSockets
{
    private readonly Lock gate = new();
    private ImmutableArray<Owned> all = [];

    public void Add(IDisposable resource, Socket? socket)
    {
        lock (gate)
            all = all.Add(new Owned(resource, socket));
    }

    /// <summary>What each is and where it is bound, for the health report.</summary>
    public IEnumerable<string> Describe() => all.Select(owned => $"{owned.Resource.GetType().Name} {AddressOf(owned.Socket)}");

    /// <summary>Closes all, so that a thread that waits in one of them wakes up.</summary>
    public void Close()
    {
        ImmutableArray<Owned> closing;
        lock (gate)
        {
            closing = all;
            all = [];
        }

        foreach (var owned in closing.Reverse())
            owned.Resource.Dispose();
    }

    private static string AddressOf(Socket? socket)
    {
        try
        {
            return socket?.LocalEndPoint?.ToString() ?? "not bound";
        }
        catch (ObjectDisposedException)
        {
            return "closed";
        }
    }

    private sealed record Owned(IDisposable Resource, Socket? Socket);
}
