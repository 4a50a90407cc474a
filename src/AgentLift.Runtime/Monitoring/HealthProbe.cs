using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Monitoring;

/// <summary>
/// Asks the health checks of one tag. A check that hangs or cannot be made is an answer too: unhealthy. Who asks while the checks run
/// waits for the same answer, so that a check that hangs holds one thread and not one more with each probe.
/// </summary>
internal sealed class HealthProbe(HealthCheckService checks, IOptions<MonitoringOptions> options, TimeProvider time, ILogger<HealthProbe> logger)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task<HealthReport>> running = new(StringComparer.Ordinal);

    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<HealthReport> AskAsync(string tag, CancellationToken cancellationToken)
    {
        var limit = options.Value.HealthTimeout;
        var began = time.GetTimestamp();
        using var over = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            return await RunOf(tag).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unhealthy(
                $"The checks took longer than {limit:c}. If that is right, raise {MonitoringOptions.Section}:{nameof(MonitoringOptions.HealthTimeout)}.", null);
        }
#pragma warning disable CA1031 // A check that cannot even be made says that the process is not well; the exception goes into the answer and the log.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            MonitoringLog.ProbeFailed(logger, error, tag);
            return Unhealthy($"The checks could not be made: {error.GetType().Name}: {error.Message}", error);
        }

        HealthReport Unhealthy(string description, Exception? error)
        {
            var took = time.GetElapsedTime(began);
            return new HealthReport(
                new Dictionary<string, HealthReportEntry> { ["probe"] = new(HealthStatus.Unhealthy, description, took, error, data: null) }, took);
        }
    }
    private Task<HealthReport> RunOf(string tag)
    {
        lock (gate)
        {
            // On the pool, and left behind when time is over: a check may block before it first awaits.
            if (!running.TryGetValue(tag, out var run))
                running[tag] = run = Task.Run(() => CheckAsync(tag));
            return run;
        }
    }

    private async Task<HealthReport> CheckAsync(string tag)
    {
        using var over = new CancellationTokenSource(options.Value.HealthTimeout, time);
        try
        {
            return await checks.CheckHealthAsync(check => check.Tags.Contains(tag), over.Token).ConfigureAwait(false);
        }
        finally
        {
            lock (gate)
                running.Remove(tag);
        }
    }
}
