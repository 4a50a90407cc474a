using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Endpoints;

/// <summary>HTTP requests, routed to handlers of the agent.</summary>
internal sealed class HttpEndpoint(
    string name, AgentContext agent, ILogger logger, EndpointOptions options, Action<IEndpointRouteBuilder> map, Func<string, AgentOperation> begin)
    : KestrelEndpoint(name, "http", agent, logger, options)
{
    private static readonly TimeSpan LongestHeaders = TimeSpan.FromSeconds(30);
    private int requests;

    public override int Connections => Volatile.Read(ref requests);

    private protected override void Configure(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = Options.MaxConnections;
        limits.MaxRequestBodySize = Options.MaxMessageBytes;
        limits.KeepAliveTimeout = Options.IdleTimeout;
        limits.RequestHeadersTimeout = Options.IdleTimeout < LongestHeaders ? Options.IdleTimeout : LongestHeaders;
    }

    private protected override void Configure(ListenOptions listen)
    {
        // Without TLS nothing agrees on HTTP/2, and Kestrel would warn of it.
        if (Options.CertificateFile is null)
            listen.Protocols = HttpProtocols.Http1;
    }

    private protected override IEndpointServer Create(Action<KestrelServerOptions> configure)
    {
        var app = EndpointHost.Create(Agent.LoggerFactory, configure);
        app.Use(AnswerAsync);
        map(app);
        return new WebApplicationServer(app);
    }

    private async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        using var operation = begin(Name);
        Interlocked.Increment(ref requests);
        Agent.Metrics.ConnectionsChanged(Name, +1);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception end) when (context.RequestAborted.IsCancellationRequested && end is OperationCanceledException or IOException)
        {
            // The peer left: the end of a request, not a failure.
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException error)
        {
            operation.Fail(error);
            Refused(error);
            Answer(context, error.StatusCode);
        }
#pragma warning disable CA1031 // One request must not take the endpoint with it; its failure is logged, counted and answered.
        catch (Exception error)
#pragma warning restore CA1031
        {
            operation.Fail(error);
            Broke(error);
            Answer(context, StatusCodes.Status500InternalServerError);
        }
        finally
        {
            Agent.Metrics.ConnectionsChanged(Name, -1);
            Interlocked.Decrement(ref requests);
        }
    }

    private static void Answer(HttpContext context, int status)
    {
        // Half an answer must not look like a whole one.
        if (context.Response.HasStarted)
            context.Abort();
        else
            context.Response.StatusCode = status;
    }
}
