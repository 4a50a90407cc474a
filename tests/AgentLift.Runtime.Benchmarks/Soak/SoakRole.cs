using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Benchmarks.Soak;

/// <summary>The process under load: two agents in a host whose metrics are collected. It says its ports, and how it stands each time that it is asked.</summary>
internal static class SoakRole
{
    public const string Name = "soak-agents";
    public const string Sample = "sample";
    public const string Summary = "summary";
    private static readonly TimeSpan ReplaceEvery = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync()
    {
        var counts = new SoakCounts();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(Settings());
        builder.Services.AddSingleton(counts);
        builder.AddAgent<FrontAgent>();
        using var host = builder.Build();
        await host.StartAsync();
        var front = host.Services.GetRequiredService<FrontAgent>();
        Console.WriteLine(string.Join(' ', front.Endpoints.Select(endpoint => endpoint.Address!.Port)));

        using var stop = new CancellationTokenSource();
        var replacing = ReplaceAsync(front.Directory, host.Services.GetService<IMeterFactory>(), counts, stop.Token);
        while (await Console.In.ReadLineAsync() is { } command)
            Console.WriteLine(command == Sample ? SampleOf(front, counts) : counts.ToString());
        await stop.CancelAsync();
        await replacing;
        await host.StopAsync();
        return 0;
    }

    private static Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?> { [$"{MonitoringOptions.Section}:{nameof(MonitoringOptions.Address)}"] = "127.0.0.1:0" };
        foreach (var endpoint in (string[])[FrontAgent.Lines, FrontAgent.Frames, FrontAgent.Datagrams])
        {
            var key = $"{AgentOptions.Section}:{FrontAgent.AgentName}:{nameof(AgentOptions.Endpoints)}:{endpoint}";
            settings[$"{key}:{nameof(EndpointOptions.Address)}"] = "127.0.0.1:0";
            settings[$"{key}:{nameof(EndpointOptions.IdleTimeout)}"] = "00:00:02";
            settings[$"{key}:{nameof(EndpointOptions.MaxMessageBytes)}"] = $"{HostileClients.LongestMessage}";
            settings[$"{key}:{nameof(EndpointOptions.MaxConnections)}"] = "1000";
        }

        return settings;
    }

    private static string SampleOf(FrontAgent front, SoakCounts counts)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return string.Join(' ', GC.GetTotalMemory(forceFullCollection: true), front.Endpoints.Sum(endpoint => endpoint.Connections), counts.Requests, front.State);
    }

    private static async Task ReplaceAsync(IAgentDirectory directory, IMeterFactory? meters, SoakCounts counts, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var options = new AgentOptions { Endpoints = { ["messages"] = new EndpointOptions { Address = "127.0.0.1:0", IdleTimeout = TimeSpan.FromSeconds(2) } } };
            await using var agent = new BackAgent(AgentContext.Standalone(BackAgent.AgentName, options, meters: meters, directory: directory), counts);
            await agent.StartAsync(CancellationToken.None);
            await Task.Delay(ReplaceEvery, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await agent.StopAsync(CancellationToken.None);
            counts.AgentRestarted();
        }
    }
}
