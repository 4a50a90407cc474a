using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Kestrel without a web application around it, for connections without HTTP and TLS: the application is half of what an endpoint costs at start.</summary>
internal sealed class ConnectionServer : IEndpointServer
{
    private readonly ServiceProvider services;
    private readonly IServer kestrel;

    public ConnectionServer(ILoggerFactory loggers, Action<KestrelServerOptions> configure)
    {
        var registered = new ServiceCollection();
        registered.AddSingleton(loggers);
        registered.AddOptions();
        registered.AddMetrics();
        registered.AddSingleton<DiagnosticSource>(new DiagnosticListener("Microsoft.AspNetCore"));
        new KestrelRegistration(registered).UseKestrelCore().ConfigureKestrel(configure);
        services = registered.BuildServiceProvider();
        kestrel = services.GetRequiredService<IServer>();
    }

    public Task StartAsync(CancellationToken cancellationToken) => kestrel.StartAsync(new NoApplication(), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => kestrel.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => services.DisposeAsync();

    /// <summary>Kestrel wants one; connections end before it.</summary>
    private sealed class NoApplication : IHttpApplication<IFeatureCollection>
    {
        public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

        public Task ProcessRequestAsync(IFeatureCollection context) => Task.CompletedTask;

        public void DisposeContext(IFeatureCollection context, Exception? exception)
        {
        }
    }
}
