using AgentLift.Runtime.Discovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Tests.Discovery;

public class DirectoryOptionsTests
{
    private static readonly (string Key, string Value)[] Etcd =
        [("Directory:Kind", "Etcd"), ("Directory:Etcd:Endpoints:0", "http://a:2379"), ("Directory:Etcd:Endpoints:1", "https://b:2379")];

    [Fact]
    public void Agents_find_each_other_in_their_process_where_nothing_is_configured() => DirectoryOf([]).ShouldBeOfType<InProcessDirectory>();

    [Fact]
    public void Two_agents_share_one_directory_and_its_nodes_are_bound_once()
    {
        using var host = NewHost(Etcd, builder => builder.AddAgent<One>().AddAgent<Two>());

        host.Services.GetServices<IAgentDirectory>().ShouldHaveSingleItem().ShouldBeOfType<EtcdDirectory>();
        var options = host.Services.GetRequiredService<IOptions<DirectoryOptions>>().Value;
        options.Etcd.Endpoints.ShouldBe(["http://a:2379", "https://b:2379"]);
        options.Etcd.LeaseTime.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_directory_of_the_team_stays()
    {
        var own = new InProcessDirectory();
        using var host = NewHost(Etcd, builder =>
        {
            builder.Services.AddSingleton<IAgentDirectory>(own);
            builder.AddAgent<One>();
        });

        host.Services.GetRequiredService<IAgentDirectory>().ShouldBeSameAs(own);
    }

    [Theory]
    [InlineData("Directory:AdvertisedHost", "a:80", "Directory:AdvertisedHost is 'a:80'; it must be a host name or an IP address, without a port.")]
    [InlineData("Directory:Kind", "7", "Directory:Kind is 7; it must be InProcess, File, Etcd.")]
    [InlineData("Directory:Kind", "File", "Directory:File is not set; Directory:Kind File needs the path of a JSON file.")]
    [InlineData("Directory:Etcd:Endpoints:1", "b:2379", "Directory:Etcd:Endpoints:1 is 'b:2379'; it must be an absolute http or https address, such as http://127.0.0.1:2379.")]
    [InlineData("Directory:Etcd:Endpoints:0", "http://u:p@a", "Directory:Etcd:Endpoints:0 holds a user; set Directory:Etcd:Username and Directory:Etcd:Password instead.")]
    [InlineData("Directory:Etcd:Prefix", "fleet", "Directory:Etcd:Prefix is 'fleet'; it must begin and end with a slash.")]
    [InlineData("Directory:Etcd:LeaseTime", "00:00:01", "Directory:Etcd:LeaseTime is 00:00:01; it must be from 00:00:02 to 01:00:00, in whole seconds.")]
    [InlineData("Directory:Etcd:LeaseTime", "00:00:02.5", "Directory:Etcd:LeaseTime is 00:00:02.5000000; it must be from 00:00:02 to 01:00:00, in whole seconds.")]
    [InlineData("Directory:Etcd:Timeout", "00:02:00", "Directory:Etcd:Timeout is 00:02:00; it must be from 00:00:00.0100000 to 00:01:00.")]
    [InlineData("Directory:Etcd:Username", "root", "Directory:Etcd:Username and Directory:Etcd:Password belong together; set both or none.")]
    public async Task A_value_out_of_range_stops_the_start_and_names_its_key(string key, string value, string message) =>
        (await FailureAsync([.. Etcd.Where(setting => setting.Key != key), (key, value)])).ShouldBe(message);

    [Fact]
    public async Task Etcd_without_a_node_stops_the_start() =>
        (await FailureAsync([("Directory:Kind", "Etcd")])).ShouldBe("Directory:Etcd:Endpoints is empty; it must name at least one node, such as http://127.0.0.1:2379.");

    [Fact]
    public async Task A_file_that_is_missing_stops_the_start() =>
        (await FailureAsync([("Directory:Kind", "File"), ("Directory:File", "/nowhere/agents.json")])).ShouldEndWith("Check Directory:File.");

    private static async Task<string> FailureAsync((string Key, string Value)[] settings)
    {
        using var host = NewHost(settings, builder => builder.AddAgent<One>());
        return (await Should.ThrowAsync<OptionsValidationException>(host.StartAsync())).Message;
    }

    private static IAgentDirectory DirectoryOf((string Key, string Value)[] settings)
    {
        using var host = NewHost(settings, builder => builder.AddAgent<One>());
        return host.Services.GetRequiredService<IAgentDirectory>();
    }

    private static IHost NewHost((string Key, string Value)[] settings, Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
        configure(builder);
        return builder.Build();
    }

    private sealed class One(AgentContext context) : BaseAgent(context);

    private sealed class Two(AgentContext context) : BaseAgent(context);
}
