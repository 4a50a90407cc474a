using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace AgentLift.Runtime.Monitoring;

/// <summary>Sends the figures of this host to an OpenTelemetry collector, from before the first agent starts until after the last has stopped.</summary>
internal sealed class OtlpExport(
    IOptions<MonitoringOptions> options, MonitoredMeters meters, ServiceIdentity identity, TimeProvider time, ILogger<OtlpExport> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private const string MetricsPath = "/v1/metrics";

    // Less than most supervisors wait between asking a process to end and ending it.
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(5);

    private MeterProvider? provider;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.OtlpEndpoint is { } endpoint)
            Export(endpoint);
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => FlushAsync();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A host whose start failed is disposed without having been stopped.
    public async ValueTask DisposeAsync() => await FlushAsync().ConfigureAwait(false);

    // A method of its own: where nothing is exported, no assembly of OpenTelemetry is loaded for its types.
    private void Export(string endpoint)
    {
        var isGrpc = options.Value.OtlpProtocol == OtlpProtocol.Grpc;
        var exporter = new OtlpExporterOptions
        {
            Endpoint = isGrpc ? new Uri(endpoint) : MetricsAddress(endpoint),
            Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
        };
        provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(identity.Name, autoGenerateServiceInstanceId: false, serviceInstanceId: identity.InstanceId))
            .AddMeter([.. meters.Names])

            // The names are those of every host in the process; null leaves the figures of this one as they are.
            .AddView(instrument => meters.IsHere(instrument.Meter) ? null : MetricStreamConfiguration.Drop)
            .AddReader(new PeriodicExportingMetricReader(new OtlpMetricSender(exporter, logger), (int)options.Value.OtlpInterval.TotalMilliseconds))
            .Build();
        MonitoringLog.Exporting(logger, OtlpMetricSender.Shown(exporter.Endpoint), options.Value.OtlpInterval.TotalSeconds);
    }

    private static Uri MetricsAddress(string endpoint) =>
        new(endpoint.EndsWith(MetricsPath, StringComparison.Ordinal) ? endpoint : endpoint.TrimEnd('/') + MetricsPath);

    private async Task FlushAsync()
    {
        if (Interlocked.Exchange(ref provider, null) is not { } last)
            return;

        // Both block, and neither heeds a token: when time is over they are left behind.
        var flush = Task.Run(() =>
        {
            last.Shutdown((int)FlushLimit.TotalMilliseconds);
            last.Dispose();
        });
        try
        {
            await flush.WaitAsync(FlushLimit, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            MonitoringLog.FlushGaveUp(logger, FlushLimit.TotalSeconds);
        }
    }
}
