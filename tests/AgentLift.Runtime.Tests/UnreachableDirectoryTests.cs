using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Tests;

public class UnreachableDirectoryTests
{
    [Fact]
    public async Task An_agent_whose_directory_is_down_works_and_says_that_it_is_degraded()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var address = $"http://{nobody.LocalEndpoint}";
        nobody.Stop();
        await using var host = new MonitoredHost(
            [("Directory:Kind", "Etcd"), ("Directory:Etcd:Endpoints:0", address), ("Agents:Front:Endpoints:requests:Address", "127.0.0.1:0")], script => script.Lines = "requests");
        await host.StartAsync();
        using var client = await LineClient.ConnectAsync(host.Agent);

        await client.SendAsync("one\n");
        var answer = await client.ReadLinesAsync(1);
        SpinWait.SpinUntil(() => host.Agent.Loops.Any(loop => loop.Name == "directory" && loop.State == LoopState.BackingOff), TimeSpan.FromSeconds(30)).ShouldBeTrue();
        var health = (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["Front"];

        answer.ShouldBe(["one"]);
        health.Status.ShouldBe(HealthStatus.Degraded);
        health.Description!.ShouldContain($"none of the etcd nodes {address}/ answered");
        health.Description!.ShouldContain("Check Directory:Etcd:Endpoints.");
        await host.StopAsync();
        host.Agent.State.ShouldBe(AgentState.Stopped);
    }
}
