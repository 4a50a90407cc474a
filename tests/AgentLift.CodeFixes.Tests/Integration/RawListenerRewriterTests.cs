using AgentLift.CodeFixes.Integration.Listeners;
using AgentLift.CodeFixes.Lifting;

namespace AgentLift.CodeFixes.Tests.Integration;

public class RawListenerRewriterTests
{
    private static readonly RawListenerRewriter[] Rewriters = [new()];

    [Fact]
    public Task A_plain_accept_loop_becomes_an_endpoint() => LiftVerifier.VerifyAsync(
        Rewriters,
        """
        using System.Net;
        using System.Net.Sockets;
        using AgentLift.Runtime;

        namespace Fleet;

        public partial class TutorAgent : BaseAgent
        {
            private TcpListener _listener;
            private Thread _acceptThread;
            private bool _running;

            public int Port = 5601;

            public TutorAgent(AgentContext context)
                : base(context)
            {
            }

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _running = true;
                _listener = new TcpListener(IPAddress.Loopback, Port);
                _listener.Start();
                _acceptThread = new Thread(AcceptLoop) { IsBackground = true };
                _acceptThread.Start();
                return ValueTask.CompletedTask;
            }

            // takes them as they come
            private void AcceptLoop()
            {
                while (_running)
                {
                    TcpClient client;
                    try
                    {
                        client = _listener.AcceptTcpClient();
                    }
                    catch (SocketException)
                    {
                        break;
                    }

                    ThreadPool.QueueUserWorkItem(_ => Serve(client));
                }
            }

            private void Serve(TcpClient client)
            {
                using (client)
                using (var reader = new StreamReader(client.GetStream()))
                using (var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\n" })
                {
                    try
                    {
                        string line;
                        while ((line = reader.ReadLine()) != null)
                            writer.WriteLine(Answer(line));
                    }
                    catch (IOException)
                    {
                    }
                }
            }

            private string Answer(string line) => "echo " + line;

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _running = false;
                _listener.Stop();
                _acceptThread.Join();
                return ValueTask.CompletedTask;
            }
        }
        """,
        """
        using System.Net;
        using System.Net.Sockets;
        using AgentLift.Runtime;

        namespace Fleet;

        public partial class TutorAgent : BaseAgent
        {
            public int Port = 5601;

            public TutorAgent(AgentContext context)
                : base(context)
            {
            }

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                // takes them as they come
                ListenLines("requests", Answer, EndpointOptions.WithoutLimits(new(IPAddress.Loopback, Port)));
                return ValueTask.CompletedTask;
            }

            private string Answer(string line) => "echo " + line;
        }
        """);

    [Fact]
    public Task Loops_that_are_supervised_already_are_read_too() => VerifyAgentAsync(
        """
        private TcpListener _listener;

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _listener = Own(new TcpListener(IPAddress.Loopback, 5601));
            _listener.Start();

            // one thread takes them all in
            RunOnThread("accept", AcceptLoop);
            return ValueTask.CompletedTask;
        }

        private void AcceptLoop(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                var client = _listener.AcceptTcpClient();
                RunOnThread("serve", stop =>
                {
                    using var closing = stop.Register(client.Close);
                    Serve(client);
                }, RestartPolicy.Once);
            }
        }

        private void Serve(TcpClient client)
        {
            using (client)
            using (var reader = new StreamReader(client.GetStream()))
            using (var writer = new StreamWriter(client.GetStream()) { AutoFlush = true })
            {
                string line;
                while ((line = reader.ReadLine()) != null)
                    writer.WriteLine(_count++ + line);
            }
        }

        private int _count;
        """,
        """
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            // one thread takes them all in
            ListenLines("requests", line => _count++ + line, EndpointOptions.WithoutLimits(new(IPAddress.Loopback, 5601)), newLine: Environment.NewLine);
            return ValueTask.CompletedTask;
        }

        private int _count;
        """);

    [Fact]
    public Task An_asynchronous_server_is_answered_asynchronously() => VerifyAgentAsync(
        """
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            var listener = Own(new TcpListener(new IPEndPoint(IPAddress.Any, 5601)));
            listener.Start();
            RunSupervised("accept", token => AcceptLoopAsync(listener, token));
            return ValueTask.CompletedTask;
        }

        private async Task AcceptLoopAsync(TcpListener listener, CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                var client = await listener.AcceptTcpClientAsync(token);
                RunSupervised("serve", t => ServeAsync(client, t), RestartPolicy.Once);
            }
        }

        private async Task ServeAsync(TcpClient client, CancellationToken token)
        {
            using var held = client;
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            while (await reader.ReadLineAsync(token) is { } line)
            {
                var bytes = Encoding.UTF8.GetBytes(await AnswerAsync(line, token) + "\n");
                await stream.WriteAsync(bytes, 0, bytes.Length, token);
            }
        }

        private async Task<string> AnswerAsync(string line, CancellationToken token)
        {
            await Task.Delay(1, token);
            return line;
        }
        """,
        """
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            ListenLines("requests", async (line, token) => await AnswerAsync(line, token) ?? string.Empty, EndpointOptions.WithoutLimits(new IPEndPoint(IPAddress.Any, 5601)));
            return ValueTask.CompletedTask;
        }

        private async Task<string> AnswerAsync(string line, CancellationToken token)
        {
            await Task.Delay(1, token);
            return line;
        }
        """);

    [Fact]
    public Task Several_statements_become_a_method_and_the_documentation_goes_with_them() => VerifyAgentAsync(
        """
        private readonly TcpListener _listener = new TcpListener(IPAddress.Loopback, 5601);

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _listener.Start();
            new Thread(() =>
            {
                while (true)
                {
                    TcpClient c;
                    try { c = _listener.AcceptTcpClient(); }
                    catch { return; }
                    new Thread(() => Talk(c)) { IsBackground = true }.Start();
                }
            }).Start();
            return ValueTask.CompletedTask;
        }

        /// <summary>One client.</summary>
        private void Talk(TcpClient c)
        {
            try
            {
                var r = new StreamReader(c.GetStream());
                var w = new StreamWriter(c.GetStream()) { NewLine = "\n" };
                w.AutoFlush = true;
                for (; ; )
                {
                    var l = r.ReadLine();
                    if (l == null)
                        break;
                    // nothing to say
                    if (l.Length == 0)
                        continue;
                    if (l == "ping")
                    {
                        w.WriteLine("pong"); // at once
                        w.Flush();
                    }
                    else
                    {
                        w.WriteLine(l.Length);
                    }
                }
            }
            catch (IOException) { }
            c.Dispose();
        }
        """,
        """
        private readonly IPEndPoint _address = new IPEndPoint(IPAddress.Loopback, 5601);

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            ListenLines("requests", AnswerLine, EndpointOptions.WithoutLimits(_address));
            return ValueTask.CompletedTask;
        }

        /// <summary>One client.</summary>
        private string AnswerLine(string l)
        {
            // nothing to say
            if (l.Length == 0)
                return null;
            if (l == "ping")
            {
                return "pong"; // at once
            }
            else
            {
                return l.Length.ToString();
            }
        }
        """);

    [Fact]
    public Task A_bound_socket_is_a_listener_too() => VerifyAgentAsync(
        """
        private Socket _server;
        private Thread _acceptor;
        private bool _stopping;

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _stopping = false;
            _server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            _server.Bind(new IPEndPoint(IPAddress.Loopback, 5601));
            _server.Listen(16);
            _acceptor = new Thread(AcceptLoop) { IsBackground = true };
            _acceptor.Start();
            return ValueTask.CompletedTask;
        }

        private void AcceptLoop()
        {
            while (!_stopping)
            {
                Socket peer;
                try
                {
                    peer = _server.Accept();
                }
                catch (SocketException)
                {
                    continue;
                }
                catch (ObjectDisposedException)
                {
                    return;
                }

                Task.Run(() => Talk(peer));
            }
        }

        private void Talk(Socket peer)
        {
            using var stream = new NetworkStream(peer, ownsSocket: true);
            using var reader = new StreamReader(stream);
            using var writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" };
            try
            {
                string line;
                while ((line = reader.ReadLine()) != null)
                    writer.WriteLine(Answer(line));
            }
            catch (IOException)
            {
                // peer went away
            }
        }

        private string Answer(string line) => line.Length > 3 ? line : null;

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            _stopping = true;
            if (_server != null)
                _server.Close();
            _acceptor.Join();
            Console.WriteLine("stopped");
            return ValueTask.CompletedTask;
        }
        """,
        """
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            // peer went away
            ListenLines("requests", line => Answer(line) ?? string.Empty, EndpointOptions.WithoutLimits(new IPEndPoint(IPAddress.Loopback, 5601)));
            return ValueTask.CompletedTask;
        }

        private string Answer(string line) => line.Length > 3 ? line : null;

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            Console.WriteLine("stopped");
            return ValueTask.CompletedTask;
        }
        """);

    [Fact]
    public Task A_loop_that_answers_datagrams_becomes_an_endpoint() => VerifyAgentAsync(
        """
        private UdpClient _udp;
        private Thread _receiver;
        private bool _alive;

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _alive = true;
            _udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 5602));
            _receiver = new Thread(Receive);
            _receiver.IsBackground = true;
            _receiver.Start();
            return ValueTask.CompletedTask;
        }

        private void Receive()
        {
            var from = new IPEndPoint(IPAddress.Any, 0);
            while (_alive)
            {
                try
                {
                    var datagram = _udp.Receive(ref from);
                    var answer = Handle(Encoding.UTF8.GetString(datagram));
                    if (answer == null)
                        continue;
                    var bytes = Encoding.UTF8.GetBytes(answer + "\n");
                    _udp.Send(bytes, bytes.Length, from);
                }
                catch (SocketException)
                {
                    // a client has gone
                }
                catch (ObjectDisposedException)
                {
                    break;
                }
            }
        }

        private string Handle(string text) => text;

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            _alive = false;
            _udp.Close();
            _receiver.Join();
            return ValueTask.CompletedTask;
        }
        """,
        """
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            // a client has gone
            ListenDatagrams("requests", AnswerDatagram, defaults: EndpointOptions.WithoutLimits(new IPEndPoint(IPAddress.Loopback, 5602)));
            return ValueTask.CompletedTask;
        }

        private string Handle(string text) => text;

        private byte[] AnswerDatagram(AgentDatagram received)
        {
            var datagram = received.Data.ToArray();
            var answer = Handle(Encoding.UTF8.GetString(datagram));
            if (answer == null)
                return null;
            var bytes = Encoding.UTF8.GetBytes(answer + "\n");
            return bytes;
        }
        """);

    [Theory]
    [InlineData("var name = reader.ReadLine();", "writer.WriteLine(name + line);", "it does more for a connection than to answer its lines: name = reader.ReadLine()")]
    [InlineData("", "if (line == \"quit\") break; writer.WriteLine(line);", "a line may end its connection, which an endpoint leaves to the client")]
    [InlineData("", "writer.WriteLine(line); writer.WriteLine(line);", "it writes an answer and goes on with the line")]
    [InlineData("", "writer.WriteLine(line + reader.ReadLine());", "it uses reader for more than to read a line and write its answer")]
    [InlineData("", "writer.WriteLine(client.Client.RemoteEndPoint + line);", "it uses client for more than to read a line and write its answer")]
    [InlineData("client.ReceiveTimeout = 5000;", "writer.WriteLine(line);", "it sets ReceiveTimeout of each connection, which an endpoint sets for all")]
    [InlineData("writer.WriteLine(\"hello\");", "writer.WriteLine(line);", "it does more for a connection than to answer its lines: writer.WriteLine(\"hello\");")]
    [InlineData("", "lock (_gate) { _seen.Add(line); writer.WriteLine(line); _seen.Clear(); }", "it writes an answer and goes on with the line")]
    public Task A_protocol_of_its_own_stays(string before, string answer, string reason) => LiftVerifier.VerifyRefusalAsync(Rewriters, Agent($$"""
        private readonly object _gate = new();
        private readonly List<string> _seen = new();

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            var listener = new TcpListener(IPAddress.Loopback, 5601);
            listener.Start();
            _ = Task.Run(() =>
            {
                while (true)
                {
                    var client = listener.AcceptTcpClient();
                    Task.Run(() => Serve(client));
                }
            });
            return ValueTask.CompletedTask;
        }

        private void Serve(TcpClient client)
        {
            using (client)
            using (var reader = new StreamReader(client.GetStream()))
            using (var writer = new StreamWriter(client.GetStream()) { AutoFlush = true })
            {
                {{before}}
                string line;
                while ((line = reader.ReadLine()) != null)
                {
                    {{answer}}
                }
            }
        }
        """), reason);

    [Theory]
    [InlineData("new StreamWriter(client.GetStream(), Encoding.UTF8) { AutoFlush = true }", "its StreamWriter begins each connection with a byte order mark (Encoding.UTF8), which an endpoint does not send")]
    [InlineData("new StreamWriter(client.GetStream(), Encoding.Latin1) { AutoFlush = true }", "it writes Encoding.Latin1, and lines of an endpoint are UTF-8")]
    [InlineData("new StreamWriter(client.GetStream())", "its StreamWriter sends answers when its buffer is full (no AutoFlush), and not line by line")]
    public Task Other_bytes_stay(string writer, string reason) => LiftVerifier.VerifyRefusalAsync(Rewriters, Agent($$"""
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            var listener = new TcpListener(IPAddress.Loopback, 5601);
            listener.Start();
            _ = Task.Run(() =>
            {
                while (true)
                {
                    var client = listener.AcceptTcpClient();
                    Task.Run(() =>
                    {
                        using var writer = {{writer}};
                        using var reader = new StreamReader(client.GetStream());
                        while (reader.ReadLine() is string line)
                            writer.WriteLine(line);
                    });
                }
            });
            return ValueTask.CompletedTask;
        }
        """), reason);

    [Fact]
    public Task One_client_after_the_other_stays_where_answers_share_state() => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        Agent("""
        private int _count;

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            var listener = new TcpListener(IPAddress.Loopback, 5601);
            listener.Start();
            _ = Task.Run(() =>
            {
                while (true)
                {
                    using var client = listener.AcceptTcpClient();
                    using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
                    using var reader = new StreamReader(client.GetStream());
                    while (reader.ReadLine() is { } line)
                        writer.WriteLine(line + _count++);
                }
            });
            return ValueTask.CompletedTask;
        }
        """),
        "it serves one connection after the other, and an endpoint serves several at once: its answers share what changes");

    [Fact]
    public async Task A_listener_that_stays_is_owned_where_a_person_agrees()
    {
        var before = Agent("""
            private TcpListener _listener;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _listener = new(IPAddress.Loopback, 5601);
                _listener.Start();
                _ = Task.Run(() =>
                {
                    while (true)
                        _listener.AcceptTcpClient().Close();
                });
                return ValueTask.CompletedTask;
            }
            """);

        var (texts, agents) = await LiftVerifier.LiftAsync(LiftOptions.Everything with { IncludeAssisted = true }, Rewriters, before);

        texts[0].ShouldBe(before.ReplaceLineEndings("\n").Replace("= new(IPAddress.Loopback, 5601)", "= Own(new TcpListener(IPAddress.Loopback, 5601))", StringComparison.Ordinal));
        agents.Single().After.ShouldNotContain(evidence => evidence.Rule.Id == "AGL3001");
    }

    [Fact]
    public async Task A_method_that_only_the_loop_called_goes_with_it_although_its_generated_body_names_it()
    {
        const string Generated = "// <auto-generated/>\nnamespace Fleet { partial class TutorAgent { private partial void LogAcceptFailed() => System.GC.KeepAlive(nameof(LogAcceptFailed)); } }\n";
        var before = Agent(
            """
            private TcpListener _listener;
            private Thread _acceptThread;
            private bool _running;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _running = true;
                _listener = new TcpListener(IPAddress.Loopback, 5601);
                _listener.Start();
                _acceptThread = new Thread(AcceptLoop) { IsBackground = true };
                _acceptThread.Start();
                return ValueTask.CompletedTask;
            }

            private void AcceptLoop()
            {
                while (_running)
                {
                    TcpClient client;
                    try
                    {
                        client = _listener.AcceptTcpClient();
                    }
                    catch (SocketException)
                    {
                        LogAcceptFailed();
                        break;
                    }

                    ThreadPool.QueueUserWorkItem(_ => Serve(client));
                }
            }

            private void Serve(TcpClient client)
            {
                using (client)
                using (var reader = new StreamReader(client.GetStream()))
                using (var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\n" })
                {
                    string line;
                    while ((line = reader.ReadLine()) != null)
                        writer.WriteLine(line.Trim());
                }
            }

            [Microsoft.Extensions.Logging.LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Error, "accept failed")]
            private partial void LogAcceptFailed();
            """);
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", before.ReplaceLineEndings("\n")), ("/fleet/File1.g.cs", Generated)]);

        var lifted = await StageLift.ApplyAsync(solution, [new AgentPipeline(new AgentPass([.. Rewriters]))], LiftOptions.Everything, CancellationToken.None);

        var text = (await lifted.Solution.Projects.Single().Documents.Single(document => document.Name == "File0.cs").GetTextAsync()).ToString();
        text.ShouldNotContain("AcceptLoop", Case.Insensitive, string.Join("; ", lifted.Agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason)));
        text.ShouldNotContain("LogAcceptFailed");
    }

    [Theory]
    [InlineData("if (Enabled) { RunOnThread(\"loop\", Loop); }", "private", "it is made in one place and its loop is started in another")]
    [InlineData("RunOnThread(\"loop\", Loop);", "public", "others than the agent call Loop too")]
    [InlineData("RunOnThread(\"loop\", Loop);", "protected virtual", "Loop is part of what others know of the agent")]
    public async Task A_loop_that_may_not_start_or_that_others_know_keeps_its_socket(string launch, string modifiers, string reason)
    {
        var before = Agent($$"""
            private UdpClient _udp;

            public bool Enabled { get; set; }

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _udp = new UdpClient(5602);
                {{launch}}
                return ValueTask.CompletedTask;
            }

            {{modifiers}} void Loop(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                {
                    var from = new IPEndPoint(IPAddress.Any, 0);
                    var data = _udp.Receive(ref from);
                    _udp.Send(data, data.Length, from);
                }
            }
            """);
        var caller = modifiers == "public" ? "agent.Loop(default)" : "agent.ToString()";

        var (texts, agents) = await LiftVerifier.LiftAsync(Rewriters, before, $"namespace Fleet; public static class Other {{ public static void Call(TutorAgent agent) => {caller}; }}");

        texts[0].ShouldBe(before.ReplaceLineEndings("\n"));
        agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason).ShouldContain(reason);
    }

    [Fact]
    public Task A_socket_that_is_bound_late_has_its_endpoint_where_its_port_is_known() => VerifyAgentAsync(
        """
        private Socket _listener;

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var port = int.Parse("5601");
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            _listener.Listen(10);
            new Thread(AcceptLoop) { IsBackground = true }.Start();
            return ValueTask.CompletedTask;
        }

        private void AcceptLoop()
        {
            while (true)
            {
                var client = _listener.Accept();
                ThreadPool.QueueUserWorkItem(_ => Serve(client));
            }
        }

        private void Serve(Socket client)
        {
            using (client)
            using (var stream = new NetworkStream(client))
            using (var reader = new StreamReader(stream))
            using (var writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" })
            {
                string line;
                while ((line = reader.ReadLine()) != null)
                    writer.WriteLine(line.Trim());
            }
        }
        """,
        """
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            var port = int.Parse("5601");
            ListenLines("requests", line => line.Trim(), EndpointOptions.WithoutLimits(new IPEndPoint(IPAddress.Loopback, port)));
            return ValueTask.CompletedTask;
        }
        """);

    private static Task VerifyAgentAsync(string before, string after) => LiftVerifier.VerifyAsync(Rewriters, Agent(before), Agent(after));

    private static string Agent(string members) => $$"""
        using System.Net;
        using System.Net.Sockets;
        using System.Text;
        using AgentLift.Runtime;

        namespace Fleet;

        public partial class TutorAgent(AgentContext context) : BaseAgent(context)
        {
        {{string.Join("\n", members.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : "    " + line))}}
        }
        """;
}
