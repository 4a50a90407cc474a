using System.Net;
using System.Net.Sockets;
using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Endpoints;
using AgentLift.Runtime.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Monitoring;

/// <summary>
/// Serves health and figures from before the first agent starts, so that liveness answers during a long start, until after the last has
/// stopped, so that readiness says no while agents drain.
/// </summary>
internal sealed class MonitoringServer(
    IOptions<MonitoringOptions> options,
    MonitoredMeters meters,
    ServiceIdentity identity,
    HealthProbe probe,
    AgentFailures failures,
    TimeProvider time,
    ILoggerFactory loggers,
    ILogger<MonitoringServer> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private MetricStore? metrics;
    private OperatorServer? server;

    /// <summary>Where it listens, with the port that it was given where the configuration says 0; <see langword="null"/> while it does not.</summary>
    public IPEndPoint? Address { get; private set; }

    public Task StartingAsync(CancellationToken cancellationToken) => options.Value.Address is { } address && EndpointAddress.TryParse(address, out var wanted)
        ? ListenAsync(address, wanted, cancellationToken)
        : Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => StopServerAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A host whose start failed is disposed without having been stopped.
    public async ValueTask DisposeAsync() => await StopServerAsync(CancellationToken.None).ConfigureAwait(false);

    private async Task ListenAsync(string address, IPEndPoint wanted, CancellationToken cancellationToken)
    {
        metrics = new MetricStore(meters, identity, options.Value.MaxSeries, loggers.CreateLogger<MetricStore>());
        try
        {
            server = await OperatorServer.StartAsync(wanted, new MonitoringPages(probe, metrics).AnswerAsync, new WarningLoggers(loggers), time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            MonitoringLog.CannotListen(logger, error.GetBaseException(), address);
            failures.EndProcess();
            return;
        }

        Address = server.Address;
        MonitoringLog.Listening(logger, Address);
    }

    private async Task StopServerAsync(CancellationToken cancellationToken)
    {
        Address = null;
        if (Interlocked.Exchange(ref server, null) is { } stopping)
        {
            await stopping.StopAsync(cancellationToken).ConfigureAwait(false);
            await stopping.DisposeAsync().ConfigureAwait(false);
        }

        Interlocked.Exchange(ref metrics, null)?.Dispose();
    }
}
