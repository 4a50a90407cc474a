using System.Collections.Concurrent;
using System.Net;
using AgentLift.Runtime.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Endpoints;

/// <summary>TCP connections, each served by a protocol until its peer leaves, it is silent for too long, or the endpoint drains.</summary>
#pragma warning disable CA1001 // Stopping it disposes of the server; its token source holds nothing that must be released.
internal sealed class StreamEndpoint(
#pragma warning restore CA1001
    string name, AgentContext agent, ILogger logger, EndpointOptions options, Func<AgentConnection, Task> serve)
    : KestrelEndpoint(name, "tcp", agent, logger, options)
{
    private static readonly TimeSpan IdleScan = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<AgentConnection, bool> connections = new();
    private readonly CancellationTokenSource draining = new();
    private readonly CancellationTokenSource cutOff = new();
    private ITimer? idle;
    private int held;

    public override int Connections => Volatile.Read(ref held);

    public int MaxMessageBytes => Options.MaxMessageBytes;

    /// <summary>Cancelled when the endpoint drains.</summary>
    public CancellationToken Draining => draining.Token;

    /// <summary>Cancelled when the time to drain is over. A peer that ends its side, or leaves, cancels nothing: what it asked is answered, as it may still listen.</summary>
    public CancellationToken CutOff => cutOff.Token;

    private protected override void Configure(ListenOptions listen) => listen.Run(HandleAsync);

    private protected override async Task<IPEndPoint> ListenAsync(IPEndPoint wanted, CancellationToken cancellationToken)
    {
        var address = await base.ListenAsync(wanted, cancellationToken).ConfigureAwait(false);
        idle = Agent.Time.CreateTimer(_ => CloseIdle(), null, IdleScan, IdleScan);
        return address;
    }

    internal override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), cutOff).ConfigureAwait(false);
        await draining.CancelAsync().ConfigureAwait(false);
        foreach (var (connection, _) in connections)
            connection.Drain();
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (idle is not null)
            await idle.DisposeAsync().ConfigureAwait(false);
    }

    // An idle connection lives here for hours: what it holds is kept small, and there is one of most things for all of them.
    private async Task HandleAsync(ConnectionContext transport)
    {
        if (Interlocked.Increment(ref held) > Options.MaxConnections)
        {
            Interlocked.Decrement(ref held);
            Agent.Metrics.ConnectionFailed(Name, new EndpointProtocolException("too many connections"));
            AgentLog.ConnectionRefused(Logger, Agent.Name, Name, $"{Options.MaxConnections} are held already");
            return;
        }

        var connection = new AgentConnection(transport, this, Agent.Time);
        connections[connection] = true;
        Agent.Metrics.ConnectionsChanged(Name, +1);

        // One that came in while the endpoint began to drain was not told.
        if (draining.IsCancellationRequested)
            connection.Drain();
        try
        {
            await serve(connection).ConfigureAwait(false);
        }
        catch (Exception end) when (end is ConnectionResetException or ConnectionAbortedException or OperationCanceledException || (connection.IsAborted && end is IOException))
        {
            // The peer left, was silent for too long, or the endpoint drains: the end of a connection, not a failure. TLS wraps it.
        }
        catch (EndpointProtocolException error)
        {
            Agent.Metrics.ConnectionFailed(Name, error);
            AgentLog.ConnectionRefused(Logger, Agent.Name, Name, error.Message);
        }
#pragma warning disable CA1031 // One connection must not take the endpoint with it; its failure is logged and counted.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Agent.Metrics.ConnectionFailed(Name, error);
            AgentLog.ConnectionFailed(Logger, error, Agent.Name, Name);
        }
        finally
        {
            connections.TryRemove(connection, out _);
            Interlocked.Decrement(ref held);
            Agent.Metrics.ConnectionsChanged(Name, -1);
        }
    }

    private void CloseIdle()
    {
        foreach (var (connection, _) in connections)
        {
            if (connection.IdleTime > Options.IdleTimeout)
                connection.Abort($"no message of it was completed for {Options.IdleTimeout:c}");
        }
    }
}
