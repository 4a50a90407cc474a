using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AgentLift.Runtime.Tests;

/// <summary>What an agent's code gives an endpoint holds where the configuration says nothing.</summary>
public class EndpointDefaultsTests
{
    private static readonly EndpointOptions OfCode = new() { Address = "127.0.0.1:0", MaxMessageBytes = 4, IdleTimeout = TimeSpan.FromMinutes(7), MaxConnections = 3 };

    [Fact]
    public async Task Without_configuration_an_endpoint_listens_where_its_agent_says()
    {
        await using var agent = Agent(new AgentOptions(), EndpointOptions.WithoutLimits(new IPEndPoint(IPAddress.Loopback, 0)));

        await agent.StartAsync(default);

        using var client = await LineClient.ConnectAsync(agent);
        var line = new string('x', 1_000_000);
        await client.SendAsync(line + "\n");
        (await client.ReadLinesAsync(1)).ShouldBe([line]);
    }

    [Fact]
    public async Task Without_either_the_agent_says_what_is_missing()
    {
        await using var agent = Agent(new AgentOptions(), defaults: null);

        var failure = await Should.ThrowAsync<AgentFailedException>(() => agent.StartAsync(default));

        failure.Message.ShouldContain("Agents:echo:Endpoints:requests:Address is ''");
    }

    [Fact]
    public async Task A_datagram_endpoint_takes_defaults_too_and_no_more_memory_than_a_datagram_needs()
    {
        var options = AgentContext.Standalone("echo");
        await using var agent = new TestAgent(options)
        {
            Starting = (self, _) =>
            {
                self.Datagrams("requests", datagram => datagram.Data.ToArray(), EndpointOptions.WithoutLimits(new IPEndPoint(IPAddress.Loopback, 0)));
                return ValueTask.CompletedTask;
            },
        };
        await agent.StartAsync(default);
        using var client = new UdpClient();
        client.Connect(agent.Endpoints[0].Address!);

        await client.SendAsync("ping"u8.ToArray());

        Encoding.UTF8.GetString((await client.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(30))).Buffer).ShouldBe("ping");
    }

    [Theory]
    [InlineData("65536", 65536)]
    [InlineData("100", 100)]
    [InlineData(null, 4)]
    public void What_the_configuration_gives_wins_also_where_it_equals_the_default(string? configured, int expected)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Agents:TestAgent:Endpoints:requests:IdleTimeout"] = "00:00:09",
            ["Agents:TestAgent:Endpoints:requests:MaxMessageBytes"] = configured,
        }.Where(pair => pair.Value is not null));
        builder.AddAgent<TestAgent>();
        using var host = builder.Build();
        var given = host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<AgentOptions>>().Get("TestAgent").Endpoints["requests"];

        var merged = given.Over(OfCode);

        merged.MaxMessageBytes.ShouldBe(expected);
        merged.IdleTimeout.ShouldBe(TimeSpan.FromSeconds(9));
        merged.MaxConnections.ShouldBe(3);
        merged.Address.ShouldBe("127.0.0.1:0");
    }

    [Fact]
    public void What_code_sets_wins_over_what_the_agent_says()
    {
        var options = new EndpointOptions { Address = "127.0.0.1:5601" };

        var merged = options.Over(OfCode);

        merged.Address.ShouldBe("127.0.0.1:5601");
        merged.MaxConnections.ShouldBe(3);
        options.Over(null).ShouldBeSameAs(options);
    }

    [Fact]
    public void A_setting_of_the_agents_own_is_what_the_configuration_says_or_its_fallback()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Agents:TestAgent:HubPort"] = "9100", ["Agents:TestAgent:HubHost"] = "hub", ["Agents:TestAgent:Wrong"] = "many" });
        builder.AddAgent<TestAgent>();
        using var host = builder.Build();
        var agent = host.Services.GetRequiredService<TestAgent>();

        agent.Setting("HubPort", 9000).ShouldBe(9100);
        agent.Setting("HubHost", "localhost").ShouldBe("hub");
        agent.Setting("OtherPort", 9000).ShouldBe(9000);
        Should.Throw<InvalidOperationException>(() => agent.Setting("Wrong", 1)).Message.ShouldBe("Agents:TestAgent:Wrong is 'many'; it must be a whole number, such as 1.");
        AgentContext.Standalone("alone").Setting("HubHost", "localhost").ShouldBe("localhost");
    }

    private static TestAgent Agent(AgentOptions options, EndpointOptions? defaults) => new(AgentContext.Standalone("echo", options))
    {
        Starting = (self, _) =>
        {
            self.Lines("requests", (line, _) => ValueTask.FromResult<string?>(line), defaults);
            return ValueTask.CompletedTask;
        },
    };
}
