using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentLift.Runtime.Endpoints;

/// <summary>A web application of its own for one endpoint, so that it starts, drains and stops with its agent, whatever host the agent runs in.</summary>
internal static class EndpointHost
{
    public static WebApplication Create(ILoggerFactory loggers, Action<KestrelServerOptions> configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<ILoggerFactory>(new EndpointLoggers(loggers));
        builder.Services.AddSingleton<IHostLifetime, AgentLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(configure);
        return builder.Build();
    }

    /// <summary>Signals and Ctrl+C are the agent's host's affair; it tells the endpoint when to stop, and for how long to drain.</summary>
    private sealed class AgentLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>The agent says where it listens and why it cannot; the inner host, which calls every endpoint HTTP, does not.</summary>
    private sealed class EndpointLoggers(ILoggerFactory loggers) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName is "Microsoft.Hosting.Lifetime" or "Microsoft.Extensions.Hosting.Internal.Host" ? NullLogger.Instance : loggers.CreateLogger(categoryName);

        public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

        public void Dispose()
        {
            // The agent's host owns them.
        }
    }
}
