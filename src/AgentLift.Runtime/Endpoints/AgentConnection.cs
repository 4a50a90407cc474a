using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace AgentLift.Runtime.Endpoints;

/// <summary>One connection of an endpoint: its pipes, its limits, and when it was last heard of.</summary>
internal sealed class AgentConnection : IDisposable
{
    private readonly ConnectionContext transport;
    private readonly AgentContext agent;
    private readonly CancellationTokenRegistration draining;
    private long lastHeard;

    public AgentConnection(ConnectionContext transport, AgentEndpoint endpoint, AgentContext agent, EndpointOptions options)
    {
        this.transport = transport;
        this.agent = agent;
        Endpoint = endpoint;
        MaxMessageBytes = options.MaxMessageBytes;
        Heard();

        // A drain ends the wait for the next message, never a message under way.
        if (transport.Features.Get<IConnectionLifetimeNotificationFeature>() is { } lifetime)
            draining = lifetime.ConnectionClosedRequested.Register(static self => ((AgentConnection)self!).transport.Transport.Input.CancelPendingRead(), this);
    }

    public AgentEndpoint Endpoint { get; }

    public int MaxMessageBytes { get; }

    public PipeReader Input => transport.Transport.Input;

    public PipeWriter Output => transport.Transport.Output;

    /// <summary>Cancelled when the connection is gone.</summary>
    public CancellationToken Closed => transport.ConnectionClosed;

    /// <summary>Since the last message or part of one.</summary>
    public TimeSpan IdleTime => agent.Time.GetElapsedTime(Volatile.Read(ref lastHeard));

    public void Heard() => Volatile.Write(ref lastHeard, agent.Time.GetTimestamp());

    public void Abort(string reason) => transport.Abort(new ConnectionAbortedException($"The connection is closed: {reason}."));

    public void Dispose() => draining.Dispose();
}
