using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime;

/// <summary>A port on which an agent answers. Kestrel listens, holds the connections and drains them.</summary>
#pragma warning disable CA1001 // The agent stops it, and that disposes of the server.
public sealed class AgentEndpoint
#pragma warning restore CA1001
{
    private static readonly TimeSpan IdleScan = TimeSpan.FromSeconds(1);

    private readonly AgentContext agent;
    private readonly ILogger logger;
    private readonly EndpointOptions options;
    private readonly Func<AgentConnection, Task> serve;
    private readonly ConcurrentDictionary<AgentConnection, bool> connections = new();
    private WebApplication? server;
    private ITimer? idle;

    internal AgentEndpoint(string name, AgentContext agent, ILogger logger, EndpointOptions options, Func<AgentConnection, Task> serve)
    {
        Name = name;
        this.agent = agent;
        this.logger = logger;
        this.options = options;
        this.serve = serve;
    }

    /// <summary>The endpoint's name within its agent.</summary>
    public string Name { get; }

    /// <summary>Where it listens, with the port that it was given where the configuration says 0; <see langword="null"/> before the start.</summary>
    public IPEndPoint? Address { get; private set; }

    /// <summary>Connections held.</summary>
    public int Connections => connections.Count;

    private string Key => $"{AgentOptions.Section}:{agent.Name}:{nameof(AgentOptions.Endpoints)}:{Name}";

    /// <exception cref="AgentFailedException">The port is taken, the address is not this machine's, or the certificate does not load.</exception>
    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!EndpointAddress.TryParse(options.Address, out var wanted))
            throw Failed($"{Key}:{nameof(EndpointOptions.Address)} is '{options.Address}'; set it to IP:PORT, such as 127.0.0.1:5601.");
        var certificate = LoadCertificate();
        ListenOptions? bound = null;
        var host = EndpointHost.Create(agent.LoggerFactory, kestrel =>
        {
            kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
            kestrel.Listen(wanted, listen =>
            {
                bound = listen;
                if (certificate is not null)
                    listen.UseHttps(certificate);
                listen.Run(HandleAsync);
            });
        });
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw Failed($"it cannot listen on {options.Address}: {error.Message} Free the port, or set {Key}:{nameof(EndpointOptions.Address)}.", error);
        }

        server = host;
        Address = (IPEndPoint)bound!.EndPoint;
        idle = agent.Time.CreateTimer(_ => CloseIdle(), null, IdleScan, IdleScan);
        AgentLog.Listening(logger, agent.Name, Name, Address);
    }

    /// <summary>Takes no new connection, lets each finish the message that it is at, and closes them.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref server, null) is not { } stopping)
            return;
        await stopping.StopAsync(cancellationToken).ConfigureAwait(false);
        await stopping.DisposeAsync().ConfigureAwait(false);
        if (idle is not null)
            await idle.DisposeAsync().ConfigureAwait(false);
    }

    private async Task HandleAsync(ConnectionContext transport)
    {
        using var connection = new AgentConnection(transport, this, agent, options);
        connections[connection] = true;
        agent.Metrics.ConnectionsChanged(Name, +1);
        try
        {
            await serve(connection).ConfigureAwait(false);
        }
        catch (Exception end) when (end is ConnectionResetException or ConnectionAbortedException or OperationCanceledException)
        {
            // The peer left, or the endpoint drains: the end of a connection, not a failure.
        }
        catch (EndpointProtocolException error)
        {
            agent.Metrics.ConnectionFailed(Name, error);
            AgentLog.ConnectionRefused(logger, agent.Name, Name, error.Message);
        }
#pragma warning disable CA1031 // One connection must not take the endpoint with it; its failure is logged and counted.
        catch (Exception error)
#pragma warning restore CA1031
        {
            agent.Metrics.ConnectionFailed(Name, error);
            AgentLog.ConnectionFailed(logger, error, agent.Name, Name);
        }
        finally
        {
            connections.TryRemove(connection, out _);
            agent.Metrics.ConnectionsChanged(Name, -1);
        }
    }

    private void CloseIdle()
    {
        foreach (var connection in connections.Keys)
        {
            if (connection.IdleTime > options.IdleTimeout)
                connection.Abort($"it was silent for more than {options.IdleTimeout:c}");
        }
    }

    private X509Certificate2? LoadCertificate()
    {
        if (options.CertificateFile is not { } file)
            return null;
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file, options.CertificatePassword);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Failed($"the certificate {file} does not load: {error.Message} Check {Key}:{nameof(EndpointOptions.CertificateFile)} and its password.", error);
        }
    }

    private AgentFailedException Failed(string message, Exception? error = null) => new(agent.Name, $"endpoint {Name}", message, error);
}
