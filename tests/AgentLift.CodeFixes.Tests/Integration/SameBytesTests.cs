using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using AgentLift.CodeFixes.Integration.Listeners;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Runtime;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Tests.Integration;

/// <summary>Compiles an agent as it was and as it is rewritten, runs both, and compares what they send.</summary>
public class SameBytesTests
{
    private const string Lines = """
        using System.Net;
        using System.Net.Sockets;
        using System.Text;
        using AgentLift.Runtime;

        namespace Fleet;

        public class EchoAgent(AgentContext context) : BaseAgent(context)
        {
            private TcpListener _listener;

            public int Port;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _listener = new TcpListener(IPAddress.Loopback, Port);
                _listener.Start();
                new Thread(AcceptLoop) { IsBackground = true }.Start();
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _listener.Stop();
                return ValueTask.CompletedTask;
            }

            private void AcceptLoop()
            {
                while (true)
                {
                    TcpClient client;
                    try
                    {
                        client = _listener.AcceptTcpClient();
                    }
                    catch (Exception failure) when (failure is SocketException or InvalidOperationException)
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
                using (var writer = new StreamWriter(client.GetStream()) { AutoFlush = true })
                {
                    string line;
                    while ((line = reader.ReadLine()) != null)
                    {
                        if (line.StartsWith("silent", StringComparison.Ordinal))
                            continue;
                        if (line == "nothing")
                            writer.WriteLine(Find(line));
                        else
                            writer.WriteLine("<" + line + ">");
                    }
                }
            }

            private string Find(string line) => line.Length > 100 ? line : null;
        }
        """;

    private const string Datagrams = """
        using System.Net;
        using System.Net.Sockets;
        using System.Text;
        using AgentLift.Runtime;

        namespace Fleet;

        public class TwinAgent(AgentContext context) : BaseAgent(context)
        {
            private readonly CancellationTokenSource stop = new CancellationTokenSource();
            private UdpClient udp;

            public int Port;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, Port));
                ReceiveAsync();
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                stop.Cancel();
                udp.Dispose();
                return ValueTask.CompletedTask;
            }

            private async void ReceiveAsync()
            {
                while (!stop.IsCancellationRequested)
                {
                    UdpReceiveResult packet;
                    try
                    {
                        packet = await udp.ReceiveAsync();
                    }
                    catch (ObjectDisposedException)
                    {
                        return;
                    }
                    catch (SocketException)
                    {
                        continue;
                    }

                    if (packet.Buffer.Length == 3)
                        continue;
                    var answer = Encoding.UTF8.GetBytes(packet.RemoteEndPoint.Address + Encoding.UTF8.GetString(packet.Buffer) + "\n");
                    udp.Send(answer, answer.Length, packet.RemoteEndPoint);
                }
            }
        }
        """;

    public static TheoryData<string> Conversations =>
    [
        "one\ntwo\n",
        "one\r\ntwo\r\n",
        "\n\n\r\n",
        "one\nlast without an end",
        "Grüße\n世界 🌍\n",
        "\uFEFFmarked\n\uFEFFagain\n",
        "silent\nnothing\nloud\n",
        "pie|ces of| one line\nand an|other\n",
        "caf\u00e9| split\n",
        "",
        "no end at all",
        "carriage\rwithin? no: \\r is left out\n".Replace("\r", " ", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task Lines_are_answered_with_the_same_bytes(string conversation)
    {
        var (before, after) = await FormsAsync(Lines);

        var expected = await TalkAsync(before, conversation);
        var answered = await TalkAsync(after, conversation);

        answered.ShouldBe(expected);
    }

    [Fact]
    public async Task A_line_of_any_length_is_answered()
    {
        var (before, after) = await FormsAsync(Lines);
        var conversation = new string('x', 2_000_000) + "\nshort\n";

        (await TalkAsync(after, conversation)).ShouldBe(await TalkAsync(before, conversation));
    }

    [Fact]
    public async Task Datagrams_are_answered_with_the_same_bytes()
    {
        var (before, after) = await FormsAsync(Datagrams);
        byte[][] datagrams = ["one"u8.ToArray(), "four"u8.ToArray(), [], "Grüße"u8.ToArray(), [.. Enumerable.Repeat((byte)'x', 9_000)]];

        (await ExchangeAsync(after, datagrams)).ShouldBe(await ExchangeAsync(before, datagrams));
    }

    private static async Task<(Assembly Before, Assembly After)> FormsAsync(string source)
    {
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", source)]);
        ImmutableArray<ILiftPass> passes = [new AgentPipeline(new AgentPass(new RawListenerRewriter()))];
        var lifted = await StageLift.ApplyAsync(solution, passes, LiftOptions.Everything, CancellationToken.None);
        lifted.Agents.Single().Changed.ShouldBeTrue(string.Join("; ", lifted.Agents.Single().Obstacles.Select(obstacle => obstacle.Reason)));
        return (await LoadAsync(solution), await LoadAsync(lifted.Solution));
    }

    private static async Task<Assembly> LoadAsync(Solution solution)
    {
        var compilation = await solution.Projects.Single().GetCompilationAsync();
        using var image = new MemoryStream();
        var result = compilation!.WithAssemblyName("Fleet" + Guid.NewGuid().ToString("N")).Emit(image);
        result.Success.ShouldBeTrue(string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }

    private static async Task<(BaseAgent Agent, int Port)> StartAsync(Assembly assembly, bool udp)
    {
        var type = assembly.GetTypes().Single(type => type.IsSubclassOf(typeof(BaseAgent)));
        for (var attempt = 0; ; attempt++)
        {
            var agent = (BaseAgent)Activator.CreateInstance(type, AgentContext.Standalone(type.Name))!;
            var port = FreePort(udp);
            type.GetField("Port")!.SetValue(agent, port);
            try
            {
                await agent.StartAsync(CancellationToken.None);
                return (agent, port);
            }
            catch (AgentFailedException) when (attempt < 5)
            {
                // Another process took the port meanwhile.
            }
        }
    }

    private static int FreePort(bool udp)
    {
        using var probe = udp ? new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    // Sends the pieces between bars one by one, ends its side, and reads until the other side ends too.
    private static async Task<string> TalkAsync(Assembly assembly, string conversation)
    {
        var (agent, port) = await StartAsync(assembly, udp: false);
        await using (agent)
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(IPAddress.Loopback, port);
            var stream = client.GetStream();
            var sending = Task.Run(async () =>
            {
                foreach (var piece in conversation.Split('|'))
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(piece));
                client.Client.Shutdown(SocketShutdown.Send);
            });
            using var received = new MemoryStream();
            await stream.CopyToAsync(received).WaitAsync(TimeSpan.FromSeconds(60));
            await sending;
            return Convert.ToHexString(received.ToArray());
        }
    }

    private static async Task<string> ExchangeAsync(Assembly assembly, byte[][] datagrams)
    {
        var (agent, port) = await StartAsync(assembly, udp: true);
        await using (agent)
        {
            using var client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            client.Connect(IPAddress.Loopback, port);
            var answers = new StringBuilder();
            foreach (var datagram in datagrams)
            {
                await client.SendAsync(datagram);
                if (datagram.Length != 3)
                    answers.AppendLine(Convert.ToHexString((await client.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(60))).Buffer));
            }

            return answers.ToString();
        }
    }
}
