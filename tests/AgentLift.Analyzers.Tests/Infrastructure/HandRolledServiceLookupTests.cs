using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Infrastructure;

public class HandRolledServiceLookupTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.HandRolledServiceLookup);

    [Fact]
    public Task Reports_a_dictionary_of_end_points() => Rule.VerifyInAgent("""
        readonly Dictionary<string, IPEndPoint> [|agents|] = new();
        static readonly ConcurrentDictionary<string, EndPoint> [|Registry|] = new();
        """);

    [Fact]
    public Task Reports_a_list_or_an_array_of_addresses() => Rule.VerifyInAgent("""
        readonly List<Uri> [|backends|] = [];
        readonly DnsEndPoint[] [|peers|] = [];
        IReadOnlyList<Uri> [|Nodes|] { get; } = [];
        """);

    [Fact]
    public Task Reports_a_tuple_of_host_and_port() => Rule.VerifyInAgent("""
        readonly Dictionary<string, (string Host, int Port)> [|routes|] = new();
        readonly Dictionary<string, (string, int)> [|_serviceTable|] = new();
        """);

    [Fact]
    public Task Reports_a_class_with_an_address_and_a_port() => Rule.VerifyInAgent("""
        readonly Dictionary<string, Entry> [|workers|] = new();
        readonly List<Place> [|_servers|] = [];
        class Entry { public string Address = ""; public int Port; }
        record struct Place(string HostName, int Port);
        """);

    [Fact]
    public Task Reports_texts_that_are_endpoints() => Rule.VerifyInAgent("""
        readonly Dictionary<string, string> [|serviceUrls|] = new() { ["tutor"] = "http://10.0.0.5:5601", ["hub"] = "http://hub:9000" };
        readonly string[] [|peerAddresses|] = { "10.0.0.5:5601", "10.0.0.6:5601" };
        """);

    [Fact]
    public Task Reports_port_numbers_filled_in_by_the_constructor() => Rule.VerifyInAgent("""
        readonly Dictionary<string, int> [|agentPorts|];
        public SampleAgent() => agentPorts = new Dictionary<string, int> { { "tutor", 5601 }, { "hub", 9000 } };
        """);

    [Fact]
    public Task Ignores_tables_of_visitors() => Rule.VerifyInAgent("""
        readonly Dictionary<string, IPEndPoint> clients = new();
        readonly Dictionary<string, IPEndPoint> serverSessions = new();
        readonly List<EndPoint> agentSubscribers = [];
        readonly ConcurrentDictionary<int, IPEndPoint> hostConnections = new();
        """);

    [Fact]
    public Task Ignores_tables_of_something_else_about_agents() => Rule.VerifyInAgent("""
        readonly Dictionary<string, int> agentScores = new() { ["tutor"] = 5 };
        readonly Dictionary<string, string> agentNames = new() { ["tutor"] = "Tutor" };
        readonly List<string> services = ["a", "b"];
        readonly Dictionary<string, TimeSpan> workerDelays = new();
        """);

    [Fact]
    public Task Ignores_addresses_that_are_not_a_table_of_agents() => Rule.VerifyInAgent("""
        readonly IPEndPoint hubEndpoint = new(IPAddress.Loopback, 0);
        readonly List<Uri> visited = [];
        readonly Queue<Uri> pages = new();
        """);

    [Fact]
    public Task Reports_texts_filled_in_one_by_one() => Rule.VerifyInAgent("""
        readonly Dictionary<string, string> [|serviceUrls|] = new();
        readonly ConcurrentDictionary<string, int> [|workerPorts|] = new();
        readonly List<string> [|nodes|] = [];
        readonly Dictionary<string, string> agentTitles = new();
        public SampleAgent()
        {
            serviceUrls["tutor"] = "http://10.0.0.5:5601";
            workerPorts.TryAdd("tutor", 5601);
            nodes.Add("10.0.0.5:5601");
            agentTitles["tutor"] = "the tutor";
        }
        """);

    [Fact]
    public Task Ignores_a_table_that_is_only_asked_behind_the_directory() => Rule.Verify(Lifted("agents", "public string Find(string name) => Context.Setting(name, agents[name]); public bool Knows(string name) => agents.ContainsKey(name) && nameof(agents) != name;"));

    [Fact]
    public async Task Reports_a_table_that_is_also_asked_past_the_directory()
    {
        await Rule.Verify(Lifted("[|agents|]", "public string Find(string name) => Context.Setting(name, agents[name]); public string Past(string name) => agents[name];"));
        await Rule.Verify(Lifted("[|agents|]", "public string Find(string name) => Context.Setting(name, agents[name]); public void All() { foreach (var (name, address) in agents) { } }"));
        await Rule.Verify(Lifted("[|agents|]", "public bool Knows(string name) => agents.ContainsKey(name);"));
    }

    private static string Lifted(string table, string members) => $$"""
        public class AgentContext { public string Setting(string name, string fallback) => fallback; }

        public class SampleAgent : AgentLift.BaseAgent
        {
            AgentContext Context { get; } = new();
            Timer? timer;
            public void Begin() => timer = new Timer(_ => { }, null, 0, 1000);
            readonly Dictionary<string, string> {{table}} = new() { ["tutor"] = "10.0.0.5:5601" };
            {{members}}
        }
        """;
}
