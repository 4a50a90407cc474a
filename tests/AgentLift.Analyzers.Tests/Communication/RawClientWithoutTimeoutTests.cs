using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Communication;

public class RawClientWithoutTimeoutTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.RawClientWithoutTimeout);

    [Fact]
    public Task Reports_a_client_in_a_field() => Rule.VerifyInAgent("""
        readonly TcpClient client = new();
        public void Start(string host) => [|client.Connect(host, 9000)|];
        """);

    [Fact]
    public Task Reports_a_client_that_connects_on_construction() => Rule.VerifyInAgent("""
        TcpClient? client;
        public void Start(string host) { client = [|new TcpClient(host, 9000)|]; }
        """);

    [Fact]
    public Task Reports_a_client_that_waits_for_an_answer() => Rule.VerifyInAgent("""
        public string? Ask(string host)
        {
            using var client = [|new TcpClient(host, 9000)|];
            using var reader = new StreamReader(client.GetStream());
            return reader.ReadLine();
        }
        """);

    [Fact]
    public Task Reports_an_awaited_connect() => Rule.VerifyInAgent("""
        TcpClient? client;
        public async Task Start(string host)
        {
            client = new TcpClient();
            await [|client.ConnectAsync(host, 9000)|];
        }
        """);

    [Fact]
    public Task Reports_a_raw_socket() => Rule.VerifyInAgent("""
        readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        public void Start(EndPoint hub) { [|socket.Connect(hub)|]; }
        public int Read(byte[] buffer) => socket.Receive(buffer);
        """);

    [Fact]
    public Task Reports_a_local_client_in_a_loop() => Rule.VerifyInAgent("""
        public async Task Run(string host)
        {
            while (true)
            {
                using var client = new TcpClient();
                await [|client.ConnectAsync(host, 9000)|];
                var buffer = new byte[16];
                await client.GetStream().ReadAsync(buffer);
            }
        }
        """);

    [Fact]
    public Task Ignores_a_time_out_on_the_client() => Rule.VerifyInAgent("""
        readonly TcpClient client = new() { ReceiveTimeout = 5000 };
        TcpClient? other;
        public void Start(string host)
        {
            client.Connect(host, 9000);
            other = new TcpClient(host, 9001);
            other.SendTimeout = 5000;
        }
        """);

    [Fact]
    public Task Ignores_a_time_out_on_its_stream_or_its_socket_options() => Rule.VerifyInAgent("""
        readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        public string? Ask(string host)
        {
            using var client = new TcpClient(host, 9000);
            var stream = client.GetStream();
            stream.ReadTimeout = 1000;
            return new StreamReader(stream).ReadLine();
        }
        public void Start(EndPoint hub)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReceiveTimeout, 1000);
            socket.Connect(hub);
        }
        """);

    [Fact]
    public Task Ignores_a_token_or_a_limited_wait() => Rule.VerifyInAgent("""
        readonly TcpClient client = new();
        public async Task Start(string host, CancellationToken token) => await client.ConnectAsync(host, 9000, token);
        public bool Try(string host) => client.ConnectAsync(host, 9000).Wait(500);
        public async Task Wait(string host) => await client.ConnectAsync(host, 9000).WaitAsync(TimeSpan.FromSeconds(1));
        public async Task Race(string host)
        {
            var connect = client.ConnectAsync(host, 9000);
            await Task.WhenAny(connect, Task.Delay(1000));
        }
        """);

    [Fact]
    public Task Ignores_a_client_that_is_passed_in() => Rule.VerifyInAgent("""
        readonly TcpClient client;
        public SampleAgent(TcpClient client) => this.client = client;
        public void Start(string host) => client.Connect(host, 9000);
        public void Connect(Socket socket, EndPoint hub) => socket.Connect(hub);
        """);

    [Fact]
    public Task Ignores_a_short_send_or_probe() => Rule.VerifyInAgent("""
        public void Send(string host, byte[] data)
        {
            using var client = new TcpClient(host, 9000);
            client.GetStream().Write(data);
        }
        public bool IsUp(string host)
        {
            var client = new TcpClient();
            try { client.Connect(host, 9000); return true; }
            catch (SocketException) { return false; }
            finally { client.Dispose(); }
        }
        """);
}
