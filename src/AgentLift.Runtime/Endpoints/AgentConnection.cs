using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace AgentLift.Runtime.Endpoints;

/// <summary>One connection of an endpoint: its pipes, its limits, and when it last completed a message.</summary>
internal sealed class AgentConnection
{
    private readonly TimeProvider time;
    private long lastMessage;
    private volatile bool answering;
    private volatile bool aborted;

    public AgentConnection(ConnectionContext transport, StreamEndpoint endpoint, TimeProvider time)
    {
        Transport = transport;
        Endpoint = endpoint;
        this.time = time;
        lastMessage = time.GetTimestamp();
    }

    public ConnectionContext Transport { get; }

    public StreamEndpoint Endpoint { get; }

    public PipeReader Input => Transport.Transport.Input;

    public PipeWriter Output => Transport.Transport.Output;

    /// <summary>Since the peer last completed a message or was answered; a peer that sends a byte now and then is idle all the same. 0 while it waits for its answer.</summary>
    public TimeSpan IdleTime => answering ? TimeSpan.Zero : time.GetElapsedTime(Volatile.Read(ref lastMessage));

    public void BeginAnswer() => answering = true;

    /// <summary>Nothing is being answered any more. Where nothing was, the peer goes on being idle.</summary>
    public void EndAnswers()
    {
        if (!answering)
            return;
        Volatile.Write(ref lastMessage, time.GetTimestamp());
        answering = false;
    }

    /// <summary>Whether the endpoint has closed it: what reading and writing throw then is no failure.</summary>
    public bool IsAborted => aborted;

    public void Abort(string reason)
    {
        aborted = true;
        Transport.Abort(new ConnectionAbortedException($"The connection is closed: {reason}."));
    }

    /// <summary>Ends the wait for the next message, never a message under way.</summary>
    public void Drain() => Input.CancelPendingRead();
}
