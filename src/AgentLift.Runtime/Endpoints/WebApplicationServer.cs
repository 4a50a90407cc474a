using Microsoft.AspNetCore.Builder;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Kestrel with a web application around it: what HTTP and TLS are set up with.</summary>
internal sealed class WebApplicationServer(WebApplication application) : IEndpointServer
{
    public Task StartAsync(CancellationToken cancellationToken) => application.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => application.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
