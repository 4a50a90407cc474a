using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Monitoring;

/// <summary>What is served over HTTP: liveness, readiness, figures.</summary>
internal sealed class MonitoringPages(HealthProbe probe, MetricStore metrics)
{
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";
    public const string Metrics = "/metrics";

    private const string PlainText = "text/plain; charset=utf-8";
    private const string PrometheusText = "text/plain; version=0.0.4; charset=utf-8";

    public Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value;
        if (path is not (Live or Ready or Metrics))
            return SayAsync(context, StatusCodes.Status404NotFound, $"Nothing is here. The paths are {Live}, {Ready} and {Metrics}.\n");
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return SayAsync(context, StatusCodes.Status405MethodNotAllowed, "Ask with GET or HEAD.\n");
        }

        return path switch
        {
            Live => HealthAsync(context, AgentHostingExtensions.LiveTag),
            Ready => HealthAsync(context, AgentHostingExtensions.ReadyTag),
            _ => MetricsAsync(context),
        };
    }

    private async Task HealthAsync(HttpContext context, string tag)
    {
        var report = await probe.AskAsync(tag, context.RequestAborted).ConfigureAwait(false);
        var body = new ArrayBufferWriter<byte>();
        HealthReportJson.Write(report, body);
        var status = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        await SendAsync(context, status, "application/json", body.WrittenMemory).ConfigureAwait(false);
    }

    private Task MetricsAsync(HttpContext context)
    {
        var body = new ArrayBufferWriter<byte>();
        metrics.Write(body);
        return SendAsync(context, StatusCodes.Status200OK, PrometheusText, body.WrittenMemory);
    }

    private static Task SayAsync(HttpContext context, int status, string text) => SendAsync(context, status, PlainText, Encoding.UTF8.GetBytes(text));

    private static async Task SendAsync(HttpContext context, int status, string type, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = type;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }
}
