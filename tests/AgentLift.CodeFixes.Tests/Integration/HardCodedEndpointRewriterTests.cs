using AgentLift.CodeFixes.Integration.Endpoints;

namespace AgentLift.CodeFixes.Tests.Integration;

public class HardCodedEndpointRewriterTests
{
    private static readonly HardCodedEndpointRewriter[] Rewriters = [new()];

    [Fact]
    public Task Fields_become_settings_with_their_values_as_defaults() => LiftVerifier.VerifyAsync(
        Rewriters,
        Agent("""
        private const string HUB_HOST = "10.0.0.5"; // the hub
        private static readonly int HubPort = 9000;
        private readonly string _storeUrl = "http://store:8080/";
        public int Port = 5601;

        public Uri Store() => new Uri(_storeUrl);

        public TcpClient Connect() => new TcpClient(HUB_HOST, HubPort);

        public int Next() => Port + 1;
        """),
        Agent("""
        private string HUB_HOST => Context.Setting("HubHost", "10.0.0.5"); // the hub
        private int HubPort => Context.Setting("HubPort", 9000);
        private string _storeUrl => Context.Setting("StoreUrl", "http://store:8080/");
        public int Port
        {
            get => givenPort ?? Context.Setting("Port", 5601);
            set => givenPort = value;
        }

        private int? givenPort;

        public Uri Store() => new Uri(_storeUrl);

        public TcpClient Connect() => new TcpClient(HUB_HOST, HubPort);

        public int Next() => Port + 1;
        """));

    [Fact]
    public Task Literals_in_calls_become_settings_named_for_what_asks() => LiftVerifier.VerifyAsync(
        Rewriters,
        Agent("""
        public void Register()
        {
            using var client = new TcpClient();
            client.Connect("127.0.0.1", 5600);
        }

        public async Task<string> FetchAsync() => await new HttpClient().GetStringAsync("http://weather:80/now");

        public TcpClient Again() => new TcpClient("127.0.0.1", 5600);
        """),
        Agent("""
        public void Register()
        {
            using var client = new TcpClient();
            client.Connect(RegisterHost, RegisterPort);
        }

        public async Task<string> FetchAsync() => await new HttpClient().GetStringAsync(FetchUrl);

        public TcpClient Again() => new TcpClient(RegisterHost, RegisterPort);

        private string RegisterHost => Context.Setting("RegisterHost", "127.0.0.1");

        private int RegisterPort => Context.Setting("RegisterPort", 5600);

        private string FetchUrl => Context.Setting("FetchUrl", "http://weather:80/now");
        """));

    [Fact]
    public Task Endpoints_in_an_initialiser_move_to_the_constructor() => LiftVerifier.VerifyAsync(
        Rewriters,
        Agent("""
        private readonly IPEndPoint[] _peers =
        {
            new IPEndPoint(IPAddress.Loopback, 5600), // the registry
            new IPEndPoint(IPAddress.Loopback, 5601),
        };

        private readonly int _rounds;

        public FeedAgent(AgentContext context)
            : base(context)
        {
            _rounds = _peers.Length;
        }
        """).Replace("FeedAgent(AgentContext context) : BaseAgent(context)", "FeedAgent : BaseAgent", StringComparison.Ordinal),
        Agent("""
        private readonly IPEndPoint[] _peers;

        private readonly int _rounds;

        public FeedAgent(AgentContext context)
            : base(context)
        {
            _peers = new IPEndPoint[]
            {
                new IPEndPoint(IPAddress.Loopback, PeersPort), // the registry
                new IPEndPoint(IPAddress.Loopback, PeersPort2),
            };
            _rounds = _peers.Length;
        }

        private int PeersPort => Context.Setting("PeersPort", 5600);

        private int PeersPort2 => Context.Setting("PeersPort2", 5601);
        """).Replace("FeedAgent(AgentContext context) : BaseAgent(context)", "FeedAgent : BaseAgent", StringComparison.Ordinal));

    [Fact]
    public Task The_default_of_an_endpoint_is_no_finding() => LiftVerifier.VerifyAsync(
        Rewriters,
        Agent("""
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            ListenLines("requests", line => line, EndpointOptions.WithoutLimits(new(IPAddress.Loopback, 5601)));
            return ValueTask.CompletedTask;
        }
        """),
        Agent("""
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            ListenLines("requests", line => line, EndpointOptions.WithoutLimits(new(IPAddress.Loopback, 5601)));
            return ValueTask.CompletedTask;
        }
        """));

    [Theory]
    [InlineData("private static TcpClient Connect() => new TcpClient(\"hub\", 9000);", "it stands where there is no agent to ask for its settings: Connect is static")]
    [InlineData("private readonly TcpClient _hub = new TcpClient(\"hub\", 9000);", "it stands where there is no agent to ask for its settings: an initialiser runs before there is one")]
    [InlineData("private const int Port = 9000; private static TcpClient Connect(string host) => new TcpClient(host, Port);", "Port is used where there is no agent to ask for its settings: Connect")]
    [InlineData("public const int Port = 9000; private TcpClient Connect(string host) => new TcpClient(host, Port);", "Port is a constant that others can read: they would have to ask an agent for it")]
    [InlineData("private void Ask(TcpClient a, TcpClient b) { a.Connect(IPAddress.Loopback, 67); b.Connect(IPAddress.Loopback, 68); }", "several endpoints would all be called AskPort: keep each in a field that says what it is for")]
    [InlineData("private TcpClient Connect(int i) => new TcpClient(\"10.0.0.\" + \"5\", i);", "its endpoint is put together from several parts")]
    public Task What_has_no_agent_stays(string member, string reason) => LiftVerifier.VerifyRefusalAsync(Rewriters, Agent(member), reason);

    private static string Agent(string members) => $$"""
        using System.Net;
        using System.Net.Http;
        using System.Net.Sockets;
        using AgentLift.Runtime;

        namespace Fleet;

        public partial class FeedAgent(AgentContext context) : BaseAgent(context)
        {
        {{string.Join("\n", members.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : "    " + line))}}
        }
        """;
}
