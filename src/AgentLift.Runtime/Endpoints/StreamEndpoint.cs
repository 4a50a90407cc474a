using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Endpoints;

/// <summary>TCP connections, each served by a protocol until its peer leaves, it is silent for too long, or the endpoint drains.</summary>
internal sealed class StreamEndpoint(
    string name, AgentContext agent, ILogger logger, EndpointOptions options, Func<AgentConnection, Task> serve)
    : KestrelEndpoint(name, "tcp", agent, logger, options)
{
    private static readonly TimeSpan IdleScan = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<AgentConnection, bool> connections = new();
    private ITimer? idle;
    private int held;

    public override int Connections => Volatile.Read(ref held);

    public int MaxMessageBytes => Options.MaxMessageBytes;

    private protected override void Configure(ListenOptions listen) => listen.Run(HandleAsync);

    private protected override IEndpointServer Create(Action<KestrelServerOptions> configure) => Options.CertificateFile is null
        ? new ConnectionServer(Agent.LoggerFactory, configure)
        : new WebApplicationServer(EndpointHost.Create(Agent.LoggerFactory, configure));

    private protected override async Task<IPEndPoint> ListenAsync(IPEndPoint wanted, CancellationToken cancellationToken)
    {
        var address = await base.ListenAsync(wanted, cancellationToken).ConfigureAwait(false);
        idle = Agent.Time.CreateTimer(_ => CloseIdle(), null, IdleScan, IdleScan);
        return address;
    }

    private protected override async Task CloseAsync(CancellationToken cancellationToken)
    {
        foreach (var (connection, _) in connections)
            connection.Drain();
        await base.CloseAsync(cancellationToken).ConfigureAwait(false);
        if (idle is not null)
            await idle.DisposeAsync().ConfigureAwait(false);
    }

    // An idle connection lives here for hours: what it holds is kept small, and there is one of most things for all of them.
    private async Task HandleAsync(ConnectionContext transport)
    {
        if (Interlocked.Increment(ref held) > Options.MaxConnections)
        {
            Interlocked.Decrement(ref held);
            Refused(new EndpointProtocolException($"{Options.MaxConnections} are held already"));
            return;
        }

        var connection = new AgentConnection(transport, this, Agent.Time);
        connections[connection] = true;
        Agent.Metrics.ConnectionsChanged(Name, +1);

        // One that came in while the endpoint began to drain was not told.
        if (Draining.IsCancellationRequested)
            connection.Drain();
        try
        {
            await serve(connection).ConfigureAwait(false);
        }
        catch (Exception end) when (end is ConnectionResetException or ConnectionAbortedException || (connection.IsAborted && end is IOException) || (IsOver(connection) && end is OperationCanceledException))
        {
            // The peer left, was silent for too long, or the endpoint drains: the end of a connection, not a failure. TLS wraps it.
        }
        catch (EndpointProtocolException error)
        {
            Refused(error);
        }
#pragma warning disable CA1031 // One connection must not take the endpoint with it; its failure is logged and counted.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Broke(error);
        }
        finally
        {
            connections.TryRemove(connection, out _);
            Interlocked.Decrement(ref held);
            Agent.Metrics.ConnectionsChanged(Name, -1);
        }
    }

    // Only then is a cancellation the end that was asked for; any other is a failure of the agent's own, such as a time-out of something that it waited for.
    private bool IsOver(AgentConnection connection) => Draining.IsCancellationRequested || connection.Transport.ConnectionClosed.IsCancellationRequested;

    private void CloseIdle()
    {
        foreach (var (connection, _) in connections)
        {
            if (connection.IdleTime > Options.IdleTimeout)
                connection.Abort($"no message of it was completed for {Options.IdleTimeout:c}");
        }
    }
}
