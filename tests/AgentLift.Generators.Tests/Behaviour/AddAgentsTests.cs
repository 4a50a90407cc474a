using System.Net;
using System.Net.Sockets;
using AgentLift.Runtime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AgentLift.Generators.Tests.Behaviour;

/// <summary>The generated registration of this very project at work in a host.</summary>
public class AddAgentsTests
{
    [Fact]
    public async Task Every_agent_runs_with_its_endpoints_listening_and_its_options_bound()
    {
        using var host = HostOf([new("Agents:echo:Prefix", "you said "), new("Agents:echo:Endpoints:requests:Address", "127.0.0.1:0")]);
        await host.StartAsync();
        var echo = host.Services.GetRequiredService<EchoAgent>();

        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)echo.Endpoints.Single().Address!);
        await using var stream = client.GetStream();
        await stream.WriteAsync("hello\n"u8.ToArray());
        using var reader = new StreamReader(stream);

        (await reader.ReadLineAsync()).ShouldBe("you said hello");
        host.Services.GetRequiredService<ImpatientAgent>().State.ShouldBe(AgentState.Running);
        host.Services.GetService<OwnedAgent>().ShouldBeNull();
        await host.StopAsync();
    }

    [Fact]
    public void Settings_of_every_kind_are_read_and_the_others_keep_their_defaults()
    {
        using var host = HostOf([new("Agents:echo:Times", "3"), new("Agents:echo:Pause", "00:00:05"), new("Agents:echo:Pace", "fast"), new("Agents:echo:Registry", "http://registry")]);

        var options = host.Services.GetRequiredService<IOptions<EchoAgentOptions>>().Value;

        (options.Prefix, options.Times, options.Pause, options.Pace).ShouldBe(("echo ", 3, TimeSpan.FromSeconds(5), EchoPace.Fast));
        options.Registry.ShouldBe(new Uri("http://registry"));
    }

    [Theory]
    [InlineData("Times", "11", "The field Agents:echo:Times must be between 1 and 10.")]
    [InlineData("Prefix", "", "The Agents:echo:Prefix field is required.")]
    [InlineData("Times", "many", "Agents:echo:Times is 'many', which cannot be read as Int32.")]
    [InlineData("Pace", "brisk", "Agents:echo:Pace is 'brisk', which cannot be read as one of Slow, Fast.")]
    public async Task A_setting_that_will_not_do_stops_the_start_and_is_named(string key, string value, string message)
    {
        using var host = HostOf([new("Agents:echo:" + key, value)]);

        (await Should.ThrowAsync<Exception>(() => host.StartAsync())).Message.ShouldContain(message);
    }

    [Fact]
    public void Options_are_read_again_when_the_configuration_changes()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddAgents();
        using var host = builder.Build();
        var options = host.Services.GetRequiredService<IOptionsMonitor<EchoAgentOptions>>();
        options.CurrentValue.Times.ShouldBe(1);

        builder.Configuration["Agents:echo:Times"] = "4";
        ((IConfigurationRoot)builder.Configuration).Reload();

        options.CurrentValue.Times.ShouldBe(4);
    }

    [Fact]
    public void What_the_program_has_registered_and_bound_before_stays()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.Configure<EchoAgentOptions>(options => options.Times = 7);
        builder.Configuration["Agents:echo:Times"] = "3";
        builder.AddAgent((services, context) => new EchoAgent(context, services.GetRequiredService<IOptions<EchoAgentOptions>>()), agent => agent.OnFailure = AgentFailurePolicy.Isolate);

        builder.AddAgents();

        using var host = builder.Build();
        host.Services.GetServices<EchoAgent>().ShouldHaveSingleItem().Options.Times.ShouldBe(7);
        host.Services.GetRequiredService<IOptionsMonitor<AgentOptions>>().Get("echo").OnFailure.ShouldBe(AgentFailurePolicy.Isolate);
    }

    private static IHost HostOf(KeyValuePair<string, string?>[] settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddAgents();
        return builder.Build();
    }
}
