using AgentLift.CodeFixes.Integration.Listeners;
using AgentLift.CodeFixes.Lifting;

namespace AgentLift.CodeFixes.Tests.Integration;

public class MessageQueueSocketRewriterTests
{
    private const string Mark = "// AGENTLIFT AGL3003: its clients write and read lines from now on, so lift them with it; a text with line breaks would be several lines.";

    // The package is not on the feed.
    private const string Package = """
        namespace NetMQ
        {
            public class SocketOptions { public TimeSpan Linger { get; set; } public string Identity { get; set; } }

            public abstract class NetMQSocket : IDisposable
            {
                public SocketOptions Options { get; } = new SocketOptions();
                public void Bind(string address) { }
                public void Connect(string address) { }
                public void Close() { }
                public void Dispose() { }
            }

            public static class SocketExtensions
            {
                public static string ReceiveFrameString(this NetMQSocket socket) => "";
                public static bool TryReceiveFrameString(this NetMQSocket socket, out string frame) { frame = ""; return true; }
                public static bool TryReceiveFrameString(this NetMQSocket socket, TimeSpan timeout, out string frame) { frame = ""; return true; }
                public static void SendFrame(this NetMQSocket socket, string frame, bool more = false) { }
                public static void SendFrame(this NetMQSocket socket, byte[] frame) { }
            }
        }

        namespace NetMQ.Sockets
        {
            public class ResponseSocket : NetMQSocket { public ResponseSocket() { } public ResponseSocket(string address) { } }
            public class PublisherSocket : NetMQSocket { public PublisherSocket() { } public PublisherSocket(string address) { } }
        }
        """;

    [Fact]
    public Task A_loop_that_answers_each_text_becomes_an_endpoint_with_one_request_at_a_time() => VerifyAsync(
        """
        private readonly Dictionary<string, int> _counts = new Dictionary<string, int>();
        private ResponseSocket _socket;

        public int Port = 5622;

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _socket = new ResponseSocket();
            _socket.Options.Linger = TimeSpan.Zero;
            _socket.Bind("tcp://127.0.0.1:" + Port);
            RunOnThread("pump", Pump);
            return ValueTask.CompletedTask;
        }

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            _socket.Close();
            return ValueTask.CompletedTask;
        }

        // one question, one answer
        private void Pump(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                if (!_socket.TryReceiveFrameString(TimeSpan.FromMilliseconds(250), out var frame))
                    continue;
                string answer;
                try
                {
                    answer = Count(frame);
                }
                catch (ArgumentException e)
                {
                    answer = e.Message;
                }

                _socket.SendFrame(answer);
            }
        }

        private string Count(string word) => (_counts[word] = _counts.GetValueOrDefault(word) + 1).ToString();
        """,
        $$"""
        private readonly Dictionary<string, int> _counts = new Dictionary<string, int>();

        public int Port = 5622;

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            // one question, one answer
            {{Mark}}
            ListenLines("requests", AnswerLine, EndpointOptions.WithoutLimits(new(IPAddress.Loopback, Port)));
            return ValueTask.CompletedTask;
        }

        private string Count(string word) => (_counts[word] = _counts.GetValueOrDefault(word) + 1).ToString();

        private readonly object _answering = new object();

        private string AnswerLine(string frame)
        {
            lock (_answering)
            {
                string answer;
                try
                {
                    answer = Count(frame);
                }
                catch (ArgumentException e)
                {
                    answer = e.Message;
                }

                return answer;
            }
        }
        """,
        more: "using System.Net;\n");

    [Fact]
    public Task Answers_that_share_nothing_need_no_lock_and_each_way_may_send_its_own() => VerifyAsync(
        """
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            RunOnThread("serve", Serve);
            return ValueTask.CompletedTask;
        }

        private void Serve(CancellationToken token)
        {
            using (var server = new ResponseSocket("@tcp://*:5555"))
            {
                while (!token.IsCancellationRequested)
                {
                    var text = server.ReceiveFrameString();
                    if (text == "ping")
                    {
                        server.SendFrame("pong");
                        continue;
                    }

                    if (text.Length > 10)
                        server.SendFrame("too long");
                    else
                        server.SendFrame(text.ToUpperInvariant()); // loud
                }
            }
        }
        """,
        $$"""
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            {{Mark}}
            ListenLines("requests", AnswerLine, EndpointOptions.WithoutLimits(new(IPAddress.Any, 5555)));
            return ValueTask.CompletedTask;
        }

        private string AnswerLine(string text)
        {
            if (text == "ping")
            {
                return "pong";
            }

            if (text.Length > 10)
                return "too long";
            else
                return text.ToUpperInvariant(); // loud
        }
        """,
        more: "using System.Net;\n");

    [Fact]
    public Task The_field_of_a_socket_that_is_bound_before_the_start_holds_its_address_and_asynchronous_answers_wait_for_one_another() => VerifyAsync(
        """
        private readonly ResponseSocket socket = new("tcp://10.0.0.7:6000");

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            RunSupervised("serve", ServeAsync);
            return ValueTask.CompletedTask;
        }

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            socket.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task ServeAsync(CancellationToken token)
        {
            while (true)
            {
                if (socket.TryReceiveFrameString(out string text))
                {
                    await Task.Delay(text.Length, token);
                    socket.SendFrame(text + "!");
                }
            }
        }
        """,
        $$"""
        private readonly IPEndPoint address = new(IPAddress.Parse("10.0.0.7"), 6000);

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            {{Mark}}
            ListenLines("requests", AnswerLineAsync, EndpointOptions.WithoutLimits(address));
            return ValueTask.CompletedTask;
        }

        private readonly SemaphoreSlim answering = new SemaphoreSlim(1);

        private async ValueTask<string> AnswerLineAsync(string text, CancellationToken token)
        {
            await answering.WaitAsync(token);
            try
            {
                await Task.Delay(text.Length, token);
                return text + "!";
            }
            finally
            {
                answering.Release();
            }
        }
        """,
        more: "using System.Net;\n");

    [Theory]
    [InlineData("_socket.SendFrame(text); Console.WriteLine(text);", "it does not send exactly one text for each that it receives, and then receive again")]
    [InlineData("if (text.Length > 3) _socket.SendFrame(text);", "it does not send exactly one text for each that it receives, and then receive again")]
    [InlineData("foreach (var word in text.Split(' ')) _socket.SendFrame(word);", "it does not send exactly one text for each that it receives, and then receive again")]
    [InlineData("if (text == \"\") continue; _socket.SendFrame(text);", "it does not send exactly one text for each that it receives, and then receive again")]
    [InlineData("_socket.SendFrame(text, true); _socket.SendFrame(text);", "it answers with something else than one text")]
    [InlineData("_socket.SendFrame(new byte[text.Length]);", "it answers with something else than one text")]
    [InlineData("if (text == \"end\") break; _socket.SendFrame(text);", "a request may end the loop")]
    [InlineData("_socket.SendFrame(text + _socket.GetHashCode());", "it uses _socket for more than to receive and to answer")]
    public Task What_is_no_exchange_of_one_text_for_one_stays(string answer, string reason) =>
        VerifyRefusalAsync(Served("new ResponseSocket(\"@tcp://*:5555\")", $"var text = _socket.ReceiveFrameString();\n            {answer}"), reason);

    [Theory]
    [InlineData("new ResponseSocket(\">tcp://10.0.0.7:5555\")", "it connects to another, and does not listen")]
    [InlineData("new ResponseSocket(\"@inproc://work\")", "it does not listen on TCP")]
    [InlineData("new ResponseSocket(\"@tcp://eth0:5555\")", "its address is no IPv4 address with a port")]
    [InlineData("new ResponseSocket(\"@tcp://*:0x\")", "its address is no IPv4 address with a port")]
    [InlineData("new ResponseSocket(Environment.GetEnvironmentVariable(\"ADDRESS\"))", "its address is only known at run time: bind it to tcp://HOST:PORT, with the host in the code")]
    [InlineData("new ResponseSocket(\"tcp://*:\" + Environment.GetEnvironmentVariable(\"PORT\"))", "its address is only known at run time: bind it to tcp://HOST:PORT, with the host in the code")]
    [InlineData("new ResponseSocket()", "_socket is not bound to one address")]
    public Task A_socket_at_no_address_of_an_endpoint_stays(string creation, string reason) =>
        VerifyRefusalAsync(Served(creation, "_socket.SendFrame(_socket.ReceiveFrameString());", "var text = _socket.ReceiveFrameString();\n            _socket.SendFrame(text);"), reason);

    [Fact]
    public Task The_endpoint_stands_where_the_socket_was_bound_and_what_stood_around_stays() => VerifyAsync(
        """
        private readonly ResponseSocket _socket = new();
        private readonly bool _enabled = true;
        private int _port;

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _port = 5555;
            if (_enabled)
            {
                var host = 1;
                _socket.Bind($"tcp://*:{_port + host}");
                RunOnThread("serve", Serve);
            }

            return ValueTask.CompletedTask;
        }

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            if (_socket != null)
            {
                _socket.Close();
                _socket.Dispose();
            }

            return ValueTask.CompletedTask;
        }

        private void Serve(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                var @event = _socket!.ReceiveFrameString();
                if (@event == "ping") { _socket.SendFrame("pong"); continue; }

                _socket.SendFrame(Work(@event, token));
            }
        }

        private static string Work(string text, CancellationToken token) => token.IsCancellationRequested ? "" : text;
        """,
        $$"""
        private readonly bool _enabled = true;
        private int _port;

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _port = 5555;
            if (_enabled)
            {
                var host = 1;
                {{Mark}}
                ListenLines("requests", (line, token) => ValueTask.FromResult<string>(AnswerLine(line, token)), EndpointOptions.WithoutLimits(new(IPAddress.Any, _port + host)));
            }

            return ValueTask.CompletedTask;
        }

        private static string Work(string text, CancellationToken token) => token.IsCancellationRequested ? "" : text;

        private string AnswerLine(string @event, CancellationToken token)
        {
            if (@event == "ping") { return "pong"; }

            return Work(@event, token);
        }
        """,
        more: "using System.Net;\n");

    [Fact]
    public Task Names_that_the_agent_or_its_base_has_are_not_given_again() => VerifyAsync(
        """
        private enum AnswerLine { None = 0 }

        private static readonly Dictionary<string, string> _answering = new();

        public string IPAddress { get; set; }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            RunOnThread("serve", Serve);
            return ValueTask.CompletedTask;
        }

        private void Serve(CancellationToken token)
        {
            using var socket = new ResponseSocket("@tcp://*:5555");
            while (!token.IsCancellationRequested)
            {
                var text = socket.ReceiveFrameString();
                _answering[text] = text;
                socket.SendFrame(text);
            }
        }
        """,
        $$"""
        private enum AnswerLine { None = 0 }

        private static readonly Dictionary<string, string> _answering = new();

        public string IPAddress { get; set; }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            {{Mark}}
            ListenLines("requests", AnswerLine2, EndpointOptions.WithoutLimits(new(System.Net.IPAddress.Any, 5555)));
            return ValueTask.CompletedTask;
        }

        private readonly object _answering2 = new object();

        private string AnswerLine2(string text)
        {
            lock (_answering2)
            {
                _answering[text] = text;
                return text;
            }
        }
        """,
        more: string.Empty);

    [Theory]
    [InlineData("Store.Items[text] = text; _socket.SendFrame(\"ok\");")]
    [InlineData("Store.Slots[0]++; _socket.SendFrame(\"ok\");")]
    [InlineData("_socket.SendFrame(Store.Next.ToString());")]
    [InlineData("_socket.SendFrame(Reply(text));")]
    public async Task Answers_that_share_something_have_one_request_at_a_time(string answer)
    {
        var (texts, agents) = await LiftAsync(Served("new ResponseSocket(\"@tcp://*:5555\")", $"var text = _socket.ReceiveFrameString();\n            {answer}", more: """
            protected virtual string Reply(string text) => text;

            private static class Store
            {
                private static int last;

                public static Dictionary<string, string> Items { get; } = new();
                public static int[] Slots { get; } = new int[1];
                public static int Next => ++last;
            }
            """));

        texts[0].ShouldContain("lock (_answering)", customMessage: string.Join("; ", agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason)));
    }

    [Theory]
    [InlineData("public void", "", "others than the agent call Serve too")]
    [InlineData("protected virtual void", "", "Serve is part of what others know of the agent")]
    [InlineData("private void", "[System.Diagnostics.CodeAnalysis.SuppressMessage(\"a\", \"b\")]", "Serve has attributes, which would go with it")]
    public async Task A_loop_that_others_know_stays(string modifiers, string attribute, string reason)
    {
        var members = Served("new ResponseSocket(\"@tcp://*:5555\")", "var text = _socket.ReceiveFrameString();\n            _socket.SendFrame(text);").Replace("private void", $"{attribute}{modifiers}", StringComparison.Ordinal);
        var other = modifiers.StartsWith("public", StringComparison.Ordinal) ? "namespace Fleet; public static class Other { public static void Call(QueueAgent agent) => agent.Serve(default); }" : "namespace Fleet; public static class Other { }";

        var (texts, agents) = await LiftVerifier.LiftAsync(LiftOptions.Everything with { IncludeAssisted = true }, [new MessageQueueSocketRewriter()], Source(members), Package, other);

        texts[0].ShouldBe(Source(members).ReplaceLineEndings("\n"));
        agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason).ShouldContain(reason);
    }

    [Theory]
    [InlineData("if (Enabled) _socket.Bind(\"tcp://*:5555\");", "'_socket.Bind(\"tcp://*:5555\");' stands under a condition of its own")]
    [InlineData("try { _socket.Bind(\"tcp://*:5555\"); } catch (Exception e) { Failures += e.Message; }", "'_socket.Bind(\"tcp://*:5555\");' stands under a condition of its own")]
    [InlineData("for (var i = 0; i < 3; i++) { _socket.Bind(\"tcp://*:5555\"); }", "'_socket.Bind(\"tcp://*:5555\");' stands under a condition of its own")]
    [InlineData("Open(5555);", "'_socket.Bind(\"tcp://*:\" + port);' stands under a condition of its own")]
    [InlineData("_socket.Bind(\"tcp://*:5555\"); _socket.Bind(\"tcp://*:5556\");", "_socket is bound in more than one place")]
    public Task What_decides_of_its_binding_keeps_the_socket(string binding, string reason) => VerifyRefusalAsync(
        $$"""
        private ResponseSocket _socket;

        public bool Enabled { get; set; }

        public string Failures { get; private set; } = "";

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _socket = new ResponseSocket();
            {{binding}}
            RunOnThread("serve", Serve);
            return ValueTask.CompletedTask;
        }

        private void Open(int port)
        {
            {{(binding.StartsWith("Open", StringComparison.Ordinal) ? "if (port > 0) _socket.Bind(\"tcp://*:\" + port);" : string.Empty)}}
        }

        private void Serve(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                var text = _socket.ReceiveFrameString();
                _socket.SendFrame(text);
            }
        }
        """,
        reason);

    [Theory]
    [InlineData("", "text += _socket.ReceiveFrameString();", "var text = \"\";", "its loop does more than to receive and to answer: text += _socket.ReceiveFrameString();")]
    [InlineData("await foreach (var part in Parts(text)) { } ", "var text = _socket.ReceiveFrameString();", "", null)]
    [InlineData("/* first */ ", "var text = _socket.ReceiveFrameString();", "", null)]
    [InlineData("_other.SendFrame(text); ", "var text = _socket.ReceiveFrameString();", "", "its answers use _other, which belongs to the thread of the loop")]
    public async Task The_answer_is_the_same_or_the_socket_stays(string answer, string receive, string before, string? reason)
    {
        var members = Served("new ResponseSocket(\"@tcp://*:5555\")", $"{receive}\n            {answer}_socket.SendFrame(text);", before: before, more: """
            private readonly PublisherSocket _other = new();

            private static async IAsyncEnumerable<string> Parts(string text)
            {
                await Task.Yield();
                yield return text;
            }
            """);
        if (answer.Contains("await", StringComparison.Ordinal))
            members = members.Replace("private void Serve", "private async Task Serve", StringComparison.Ordinal).Replace("RunOnThread", "RunSupervised", StringComparison.Ordinal);
        if (reason is not null)
        {
            await VerifyRefusalAsync(members, reason);
            return;
        }

        var (texts, _) = await LiftAsync(members);
        texts[0].ShouldContain("ListenLines(");
        texts[0].Split(answer.Trim()).Length.ShouldBe(2, texts[0]);
    }

    [Fact]
    public Task What_the_loop_keeps_between_requests_keeps_the_socket() => VerifyRefusalAsync(
        Served("new ResponseSocket(\"@tcp://*:5555\")", "var text = _socket.ReceiveFrameString();\n            rounds++;\n            _socket.SendFrame(text + rounds);", before: "var rounds = 0;"),
        "its answers depend on rounds, which the loop keeps between requests");

    [Fact]
    public Task Other_patterns_stay_with_the_thread_that_made_them() => VerifyRefusalAsync(
        """
        private readonly PublisherSocket _publisher = new PublisherSocket("@tcp://*:5556");

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            _publisher.Dispose();
            return ValueTask.CompletedTask;
        }

        public void Tell(string text) => _publisher.SendFrame(text);
        """,
        "only a ResponseSocket that answers each text with one becomes an endpoint: let its exchange go by endpoints and clients of BaseAgent, by hand, on both sides at once");

    [Fact]
    public async Task Nothing_changes_on_the_wire_without_being_asked_for()
    {
        var source = Source(Served("new ResponseSocket(\"@tcp://*:5555\")", "var text = _socket.ReceiveFrameString();\n            _socket.SendFrame(text);"));

        var (texts, _) = await LiftVerifier.LiftAsync(LiftOptions.Everything with { IncludeAssisted = false }, [new MessageQueueSocketRewriter()], source, Package);

        texts[0].ShouldBe(source.ReplaceLineEndings("\n"));
    }

    private static string Served(string creation, string round, string? only = null, string before = "", string more = "") => $$"""
        private ResponseSocket _socket;

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _socket = {{creation}};
            RunOnThread("serve", Serve);
            return ValueTask.CompletedTask;
        }

        private void Serve(CancellationToken token)
        {
            {{before}}
            while (!token.IsCancellationRequested)
            {
                {{only ?? round}}
            }
        }

        {{more}}
        """;

    private static async Task VerifyAsync(string before, string after, string more)
    {
        var (texts, agents) = await LiftAsync(before);
        texts[0].ShouldBe(Source(after, more).ReplaceLineEndings("\n"), string.Join("; ", agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason)));
        agents.SelectMany(agent => agent.After).ShouldNotContain(evidence => evidence.Rule.Id == "AGL3003");
    }

    private static async Task VerifyRefusalAsync(string before, string reason)
    {
        var (texts, agents) = await LiftAsync(before);
        texts[0].ShouldBe(Source(before).ReplaceLineEndings("\n"));
        agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason).ShouldContain(reason);
    }

    private static Task<(System.Collections.Immutable.ImmutableArray<string> Texts, System.Collections.Immutable.ImmutableArray<LiftedAgent> Agents)> LiftAsync(string members) =>
        LiftVerifier.LiftAsync(LiftOptions.Everything with { IncludeAssisted = true }, [new MessageQueueSocketRewriter()], Source(members), Package);

    private static string Source(string members, string more = "") => $$"""
        {{more}}using AgentLift.Runtime;
        using NetMQ;
        using NetMQ.Sockets;

        namespace Fleet;

        public partial class QueueAgent(AgentContext context) : BaseAgent(context)
        {
        {{string.Join("\n", members.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : "    " + line))}}
        }

        """;
}
