using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Communication;

public class HardCodedEndpointTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.HardCodedEndpoint);

    [Fact]
    public Task Reports_a_port_given_to_a_listener() => Rule.VerifyInAgent("""
        public void Start()
        {
            var listener = [|new TcpListener(IPAddress.Any, 5601)|];
            listener.Start();
        }
        """);

    [Fact]
    public Task A_host_and_a_port_given_to_a_client_are_one_place() => Rule.VerifyInAgent("""
        readonly TcpClient client = new();
        public void Start() { [|client.Connect("hub", 9000)|]; }
        public TcpClient Open() => [|new("10.0.0.5", 9000)|];
        """);

    [Fact]
    public Task An_endpoint_inside_a_call_is_found_once() => Rule.VerifyInAgent("""
        readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        public void Start() => socket.Bind([|new IPEndPoint(IPAddress.Parse("10.0.0.5"), 7000)|]);
        """);

    [Fact]
    public Task Reports_an_address_given_to_an_http_client() => Rule.VerifyInAgent("""
        readonly HttpClient http = new() { BaseAddress = [|new Uri("http://10.0.0.5:9000")|] };
        public Task<string> Status() => [|http.GetStringAsync("http://hub:9000/status")|];
        public Task<HttpResponseMessage> Send(HttpContent content) => [|http.PostAsync($"https://hub.local/send", content)|];
        """);

    [Fact]
    public Task Reports_a_prefix_of_an_http_listener() => Rule.VerifyInAgent("""
        readonly HttpListener listener = new();
        public void Start() { [|listener.Prefixes.Add("http://+:8080/")|]; listener.Start(); }
        """);

    [Fact]
    public Task Reports_a_connection_string() => Rule.VerifyInAgent("""
        public void Save()
        {
            using var connection = [|new NpgsqlConnection("Host=db;Database=fleet;Username=agent")|];
            connection.Open();
        }
        readonly object redis = [|ConnectionMultiplexer.Connect("localhost:6379")|];
        """, "using Npgsql; using StackExchange.Redis;");

    [Fact]
    public Task Reports_a_message_queue_address() => Rule.VerifyInAgent("""
        readonly ResponseSocket socket = [|new("@tcp://*:5555")|];
        public void Start() => [|socket.Connect("tcp://hub:5556")|];
        """, "using NetMQ.Sockets;");

    [Fact]
    public Task A_constant_is_reported_where_it_is_declared() => Rule.VerifyInAgent("""
        private const int [|Number|] = 5601;
        private static readonly string [|Place|] = "10.0.0.5";
        public void Start()
        {
            new TcpListener(IPAddress.Any, Number).Start();
            var client = new TcpClient(Place, Number);
        }
        """);

    [Fact]
    public Task Reports_a_field_named_as_an_endpoint() => Rule.VerifyInAgent("""
        private readonly int [|_listenPort|] = 5601;
        private string [|hubUrl|] = "http://hub:9000";
        private const string [|DbConnectionString|] = "Server=db;Database=fleet";
        """);

    [Fact]
    public Task Ignores_values_that_are_passed_in() => Rule.VerifyInAgent("""
        private readonly int port;
        private readonly string hubUrl;
        public SampleAgent(int port, string hubUrl) { this.port = port; this.hubUrl = hubUrl; }
        public void Start()
        {
            new TcpListener(IPAddress.Any, port).Start();
            var client = new TcpClient(hubUrl, port);
            var address = new Uri(hubUrl);
        }
        """);

    [Fact]
    public Task Ignores_the_port_that_the_system_chooses() => Rule.VerifyInAgent("""
        readonly TcpListener listener = new(IPAddress.Loopback, 0);
        readonly UdpClient beacon = new(0);
        """);

    [Fact]
    public Task Ignores_numbers_and_texts_that_are_no_endpoints() => Rule.VerifyInAgent("""
        private readonly int supportLevel = 5601;
        private readonly int timeoutMs = 5000;
        private readonly string serverName = "hub";
        private readonly string portLabel = "port";
        private readonly HttpClient http = new();
        public Task<string> Status() => http.GetStringAsync("status");
        public void Log() => Console.WriteLine("see http://wiki/agents");
        """);

    [Fact]
    public Task A_default_of_the_library_is_not_in_the_agents_code() => Rule.VerifyInAgent("""
        public object Open(string host) => new QdrantClient(host);
        public object OpenAt(string host) => [|new QdrantClient(host, 7000)|];
        """, "using Qdrant.Client;");

    [Fact]
    public Task Reports_a_web_socket_and_a_constant_of_another_class() => Rule.VerifyInAgent("""
        readonly ClientWebSocket socket = new();
        public Task Start(CancellationToken token) => socket.ConnectAsync([|new Uri("wss://hub:9000/agents")|], token);
        public TcpClient Open(string host) => [|new TcpClient(host, Ports.Hub)|];
        }
        public static class Ports
        {
            public const int Hub = 9000;
        """, "using System.Net.WebSockets;");

    [Fact]
    public Task A_constant_that_a_setting_falls_back_on_is_no_finding() => Rule.VerifyInAgent("""
        const int DefaultPort = 5601;
        const int [|OtherPort|] = 5602;
        readonly AgentContext context = new();
        public int Port => context.Setting("Port", DefaultPort);
        public sealed class AgentContext { public int Setting(string name, int fallback) => fallback; }
        """);
}
