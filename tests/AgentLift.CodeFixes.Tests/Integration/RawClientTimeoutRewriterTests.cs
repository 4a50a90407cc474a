using AgentLift.CodeFixes.Integration.Clients;

namespace AgentLift.CodeFixes.Tests.Integration;

public class RawClientTimeoutRewriterTests
{
    private const string Constant = """
        /// <summary>How long a peer may take to answer; 30 seconds, unless somebody knows better.</summary>
        private const int PeerTimeoutMilliseconds = 30_000;
        """;

    private static readonly RawClientTimeoutRewriter[] Rewriters = [new()];

    [Theory]
    [InlineData("using var client = new TcpClient();", "using var client = new TcpClient() { ReceiveTimeout = PeerTimeoutMilliseconds, SendTimeout = PeerTimeoutMilliseconds };")]
    [InlineData("using TcpClient client = new();", "using TcpClient client = new() { ReceiveTimeout = PeerTimeoutMilliseconds, SendTimeout = PeerTimeoutMilliseconds };")]
    [InlineData("var client = new TcpClient { NoDelay = true };", "var client = new TcpClient { NoDelay = true, ReceiveTimeout = PeerTimeoutMilliseconds, SendTimeout = PeerTimeoutMilliseconds };")]
    public Task A_client_that_asks_gets_a_limit_where_it_is_made(string before, string after) => VerifyAgentAsync(Ask(before), Ask(after) + "\n\n" + Constant);

    [Fact]
    public Task A_client_that_connects_at_once_gets_it_too() => VerifyAgentAsync(
        """
        private int Ask(string host, int port)
        {
            using (var client = new TcpClient(host, port))
                return client.GetStream().ReadByte();
        }
        """,
        $$"""
        private int Ask(string host, int port)
        {
            using (var client = new TcpClient(host, port) { ReceiveTimeout = PeerTimeoutMilliseconds, SendTimeout = PeerTimeoutMilliseconds })
                return client.GetStream().ReadByte();
        }

        {{Constant}}
        """);

    [Fact]
    public Task A_connection_that_is_kept_may_be_silent() => VerifyAgentAsync(
        """
        private readonly TcpClient _feed = new();

        private void Link(string host, int port) => _feed.Connect(host, port);

        private int Next() => _feed.GetStream().ReadByte();
        """,
        $$"""
        private readonly TcpClient _feed = new() { SendTimeout = PeerTimeoutMilliseconds };

        private void Link(string host, int port) => _feed.Connect(host, port);

        private int Next() => _feed.GetStream().ReadByte();

        {{Constant}}
        """);

    [Fact]
    public Task An_asynchronous_connect_gets_it_where_it_is_awaited() => VerifyAgentAsync(
        """
        private async Task<int> AskAsync(string host, int port, byte[] request)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port).ConfigureAwait(false);
            return await client.GetStream().ReadAsync(request);
        }
        """,
        $$"""
        private async Task<int> AskAsync(string host, int port, byte[] request)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port).WaitAsync(TimeSpan.FromMilliseconds(PeerTimeoutMilliseconds)).ConfigureAwait(false);
            return await client.GetStream().ReadAsync(request);
        }

        {{Constant}}
        """);

    [Fact]
    public Task A_time_out_that_nobody_would_catch_stays_out() => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        Agent("""
        private async Task<int> AskAsync(string host, int port, byte[] request)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(host, port);
            }
            catch (SocketException)
            {
                return 0;
            }

            return await client.GetStream().ReadAsync(request);
        }
        """),
        "what catches its failed connects would not catch a TimeoutException: let it, first");

    [Fact]
    public Task A_connection_on_which_a_loop_only_listens_may_be_silent() => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        Agent("""
        private void Listen(string host, int port)
        {
            using var client = new TcpClient();
            client.Connect(host, port);
            var reader = new StreamReader(client.GetStream());
            while (reader.ReadLine() != null)
            {
            }
        }
        """),
        "it reads for as long as its connection lives, which may be silent for long and still be well: give it a limit by hand that fits its peer");

    [Fact]
    public Task A_connection_that_is_handed_to_a_field_may_be_silent() => VerifyAgentAsync(
        """
        private TcpClient _feed;

        private void Link(string host, int port)
        {
            var client = new TcpClient();
            client.Connect(host, port);
            _feed = client;
        }
        """,
        $$"""
        private TcpClient _feed;

        private void Link(string host, int port)
        {
            var client = new TcpClient() { SendTimeout = PeerTimeoutMilliseconds };
            client.Connect(host, port);
            _feed = client;
        }

        {{Constant}}
        """);

    private static string Ask(string made) => $$"""
        public string Ask(string host, int port)
        {
            {{made}}
            client.Connect(host, port);
            return new StreamReader(client.GetStream()).ReadLine();
        }
        """;

    private static Task VerifyAgentAsync(string before, string after) => LiftVerifier.VerifyAsync(Rewriters, Agent(before), Agent(after));

    private static string Agent(string members) => $$"""
        using System.Net.Sockets;
        using AgentLift.Runtime;

        namespace Fleet;

        public partial class FeedAgent(AgentContext context) : BaseAgent(context)
        {
        {{string.Join("\n", members.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : "    " + line))}}
        }
        """;
}
