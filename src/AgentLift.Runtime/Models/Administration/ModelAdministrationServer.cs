using System.Net;
using System.Net.Sockets;
using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Endpoints;
using AgentLift.Runtime.Hosting;
using AgentLift.Runtime.Monitoring;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Models.Administration;

/// <summary>
/// Serves the administration of models from before the first agent starts, so that a load that takes long can be watched, until after the last has stopped.
/// From the moment the process begins to stop it only shows.
/// </summary>
internal sealed class ModelAdministrationServer(
    IOptions<ModelSchedulingOptions> options,
    IModelAdministration models,
    AgentFailures failures,
    TimeProvider time,
    ILoggerFactory loggers,
    ILogger<ModelAdministrationServer> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private OperatorServer? server;

    /// <summary>Where it listens, with the port that it was given where the configuration says 0; <see langword="null"/> while it does not.</summary>
    public IPEndPoint? Address { get; private set; }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var administration = options.Value.Administration;
        if (administration.Address is not { } address || !EndpointAddress.TryParse(address, out var wanted))
            return;
        var api = new ModelAdministrationApi(models, new AdministrationGuard(administration.Token, IPAddress.IsLoopback(wanted.Address)), logger, stopping.Token);
        try
        {
            server = await OperatorServer.StartAsync(wanted, api.AnswerAsync, new WarningLoggers(loggers), time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            ModelAdministrationLog.CannotListen(logger, error.GetBaseException(), address);
            failures.EndProcess();
            return;
        }

        Address = server.Address;
        ModelAdministrationLog.Listening(logger, Address);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => stopping.CancelAsync();

    public Task StoppedAsync(CancellationToken cancellationToken) => StopServerAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A host whose start failed is disposed without having been stopped. A container disposes twice of what is registered as itself and as a hosted service.
    public async ValueTask DisposeAsync()
    {
        if (!stopping.IsCancellationRequested)
            await stopping.CancelAsync().ConfigureAwait(false);
        await StopServerAsync(CancellationToken.None).ConfigureAwait(false);
        stopping.Dispose();
    }

    private async Task StopServerAsync(CancellationToken cancellationToken)
    {
        Address = null;
        if (Interlocked.Exchange(ref server, null) is not { } listening)
            return;
        await listening.StopAsync(cancellationToken).ConfigureAwait(false);
        await listening.DisposeAsync().ConfigureAwait(false);
    }
}
