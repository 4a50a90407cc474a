using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Benchmarks.Servers;

/// <summary>The agent in the host that it has in production, without a log.</summary>
internal static class AgentLineServer
{
    public static async Task<int> StartAsync(bool watched)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"Agents:{LineAgent.AgentName}:Endpoints:{LineAgent.EndpointName}:Address"] = "127.0.0.1:0",
            [$"Agents:{LineAgent.AgentName}:Endpoints:{LineAgent.EndpointName}:MaxConnections"] = "20000",
            [$"Agents:{LineAgent.AgentName}:Endpoints:{LineAgent.EndpointName}:IdleTimeout"] = "01:00:00",
            [$"{MonitoringOptions.Section}:{nameof(MonitoringOptions.Address)}"] = watched ? "127.0.0.1:0" : null,
        });
        builder.AddAgent<LineAgent>();
        var host = builder.Build();
        await host.StartAsync();
        return host.Services.GetRequiredService<LineAgent>().Endpoints[0].Address!.Port;
    }
}
