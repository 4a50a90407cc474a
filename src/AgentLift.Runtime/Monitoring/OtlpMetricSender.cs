using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace AgentLift.Runtime.Monitoring;

/// <summary>The exporter of OpenTelemetry, which fails in silence, with a word in the log when it begins to fail and when it no longer does.</summary>
internal sealed class OtlpMetricSender(OtlpExporterOptions options, ILogger logger) : OtlpMetricExporter(options)
{
    private readonly string endpoint = Shown(options.Endpoint);
    private bool failed;

    /// <summary>An address as a log may show it: without a user's name, a password or a key in its query.</summary>
    public static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    public override ExportResult Export(in Batch<Metric> metrics)
    {
        var result = base.Export(in metrics);
        if (result == ExportResult.Failure && !failed)
            MonitoringLog.ExportFailed(logger, endpoint);
        if (result == ExportResult.Success && failed)
            MonitoringLog.ExportRecovered(logger, endpoint);
        failed = result == ExportResult.Failure;
        return result;
    }
}
