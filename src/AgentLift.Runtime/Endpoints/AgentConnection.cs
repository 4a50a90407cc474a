using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace AgentLift.Runtime.Endpoints;

/// <summary>One connection of an endpoint: its pipes, its limits, and when it last completed a message.</summary>
internal sealed class AgentConnection : IDisposable
{
    private readonly AgentContext agent;
    private readonly CancellationTokenRegistration draining;
    private long lastMessage;
    private volatile bool answering;
    private volatile bool aborted;

    public AgentConnection(ConnectionContext transport, AgentEndpoint endpoint, AgentContext agent, EndpointOptions options, CancellationToken cutOff)
    {
        Transport = transport;
        this.agent = agent;
        Endpoint = endpoint;
        CutOff = cutOff;
        MaxMessageBytes = options.MaxMessageBytes;
        lastMessage = agent.Time.GetTimestamp();

        // A drain ends the wait for the next message, never a message under way.
        if (transport.Features.Get<IConnectionLifetimeNotificationFeature>() is { } lifetime)
        {
            Draining = lifetime.ConnectionClosedRequested;
            draining = Draining.UnsafeRegister(static self => ((AgentConnection)self!).Input.CancelPendingRead(), this);
        }
    }

    public ConnectionContext Transport { get; }

    public AgentEndpoint Endpoint { get; }

    public int MaxMessageBytes { get; }

    public PipeReader Input => Transport.Transport.Input;

    public PipeWriter Output => Transport.Transport.Output;

    /// <summary>Cancelled when the time to drain is over. A peer that ends its side, or leaves, cancels nothing: what it asked is answered, as it may still listen.</summary>
    public CancellationToken CutOff { get; }

    /// <summary>Cancelled when the endpoint drains.</summary>
    public CancellationToken Draining { get; }

    /// <summary>Since the peer last completed a message or was answered; a peer that sends a byte now and then is idle all the same. 0 while it waits for its answer.</summary>
    public TimeSpan IdleTime => answering ? TimeSpan.Zero : agent.Time.GetElapsedTime(Volatile.Read(ref lastMessage));

    public void BeginAnswer() => answering = true;

    /// <summary>Nothing is being answered any more. Where nothing was, the peer goes on being idle.</summary>
    public void EndAnswers()
    {
        if (!answering)
            return;
        Volatile.Write(ref lastMessage, agent.Time.GetTimestamp());
        answering = false;
    }

    /// <summary>Whether the endpoint has closed it: what reading and writing throw then is no failure.</summary>
    public bool IsAborted => aborted;

    public void Abort(string reason)
    {
        aborted = true;
        Transport.Abort(new ConnectionAbortedException($"The connection is closed: {reason}."));
    }

    public void Dispose() => draining.Dispose();
}
