using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Monitoring;

/// <summary>
/// Tells systemd when all agents have started and when they stop, and answers its watchdog for as long as the process is alive.
/// Without NOTIFY_SOCKET it does nothing.
/// </summary>
internal sealed class SystemdService(
    SystemdEnvironment environment,
    IEnumerable<AgentRegistration> agents,
    HealthProbe probe,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<SystemdService> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly List<CancellationTokenRegistration> registrations = [];
    private SystemdSocket? socket;
    private Task watchdog = Task.CompletedTask;
    private int stopping;

    private string Agents => string.Join(", ", agents.Select(agent => agent.Name).Order(StringComparer.Ordinal));

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(environment.NotifySocket))
            return Task.CompletedTask;
        socket = new SystemdSocket(environment.NotifySocket, logger);
        socket.Tell($"STATUS=Starting {Agents}");
        registrations.Add(lifetime.ApplicationStarted.Register(TellReady));
        registrations.Add(lifetime.ApplicationStopping.Register(TellStopping));
        if (environment.WatchdogPeriod is { } period)
            watchdog = Task.Run(() => AnswerWatchdogAsync(socket, period, end.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    // A host that is stopped by a call, and not by a signal, says so here before it says so to ApplicationStopping.
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        TellStopping();
        return Task.CompletedTask;
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await end.CancelAsync().ConfigureAwait(false);
        await watchdog.ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var registration in registrations)
            await registration.DisposeAsync().ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        await watchdog.ConfigureAwait(false);
        end.Dispose();
    }

    // A start that failed also comes here, on its way down.
    private void TellReady()
    {
        if (!lifetime.ApplicationStopping.IsCancellationRequested)
            socket?.Tell("READY=1", $"STATUS=Running {Agents}");
    }

    private void TellStopping()
    {
        if (socket is not null && Interlocked.Exchange(ref stopping, 1) == 0)
            socket.Tell("STOPPING=1", $"STATUS=Stopping {Agents}");
    }

    private async Task AnswerWatchdogAsync(SystemdSocket systemd, TimeSpan period, CancellationToken cancellationToken)
    {
        string? before = null;
        try
        {
            while (true)
            {
                var report = await probe.AskAsync(AgentHostingExtensions.LiveTag, cancellationToken).ConfigureAwait(false);
                var reason = report.Status == HealthStatus.Unhealthy ? ReasonOf(report) : null;
                if (reason is null)
                    systemd.Tell("WATCHDOG=1");
                else if (reason != before)
                    TellHeld(systemd, reason);
                before = reason;
                await Task.Delay(period, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private void TellHeld(SystemdSocket systemd, string reason)
    {
        MonitoringLog.WatchdogHeld(logger, reason);
        systemd.Tell($"STATUS=Not alive: {reason}");
    }

    // A status is one line.
    private static string ReasonOf(HealthReport report) => string.Join(
        "; ",
        report.Entries
            .Where(entry => entry.Value.Status == HealthStatus.Unhealthy)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => $"{entry.Key}: {entry.Value.Description}")).ReplaceLineEndings(" ");
}
