using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Communication;

public class RawListenerTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.RawListener);

    [Fact]
    public Task Reports_a_listener_in_a_field() => Rule.VerifyInAgent("""
        readonly TcpListener listener = [|new(IPAddress.Any, 5000)|];
        public void Start() => listener.Start();
        """);

    [Fact]
    public Task Reports_a_listener_in_a_local_that_accepts() => Rule.VerifyInAgent("""
        public void Run(int port)
        {
            var listener = [|new TcpListener(IPAddress.Loopback, port)|];
            listener.Start();
            while (true) listener.AcceptTcpClient().Close();
        }
        """);

    [Fact]
    public Task Reports_a_listener_made_by_its_factory() => Rule.VerifyInAgent("""
        TcpListener? listener;
        public void Start(int port) { listener = [|TcpListener.Create(port)|]; listener.Start(); }
        """);

    [Fact]
    public Task Reports_an_http_listener_in_a_property() => Rule.VerifyInAgent("""
        private HttpListener Listener { get; } = [|new HttpListener()|];
        public async Task Run() { Listener.Start(); while (true) (await Listener.GetContextAsync()).Response.Close(); }
        """);

    [Fact]
    public Task Reports_a_socket_that_is_bound() => Rule.VerifyInAgent("""
        readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        public void Start(int port) { [|socket.Bind(new IPEndPoint(IPAddress.Any, port))|]; socket.Listen(10); }
        """);

    [Fact]
    public Task Reports_a_socket_in_a_local_that_accepts_in_a_lambda() => Rule.VerifyInAgent("""
        Task? work;
        public void Start(EndPoint place) => work = Task.Run(async () =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            [|socket.Bind(place)|];
            socket.Listen();
            for (; ; ) (await socket.AcceptAsync()).Dispose();
        });
        """);

    [Fact]
    public Task Reports_a_bound_udp_client() => Rule.VerifyInAgent("""
        UdpClient? beacon;
        UdpClient? other;
        public void Start(int port)
        {
            beacon = [|new UdpClient(port)|];
            other = [|new UdpClient(new IPEndPoint(IPAddress.Any, port))|];
        }
        """);

    [Fact]
    public Task Reports_a_listener_whose_using_accepts() => Rule.VerifyInAgent("""
        public void ServeOnce(int port)
        {
            using var listener = [|new TcpListener(IPAddress.Any, port)|];
            listener.Start();
            using var client = listener.AcceptTcpClient();
        }
        """);

    [Fact]
    public Task Ignores_a_probe_for_a_free_port() => Rule.VerifyInAgent("""
        public int FreePort()
        {
            var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            return port;
        }
        """);

    [Fact]
    public Task Ignores_a_probe_by_a_socket() => Rule.VerifyInAgent("""
        public bool IsFree(int port)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try { socket.Bind(new IPEndPoint(IPAddress.Loopback, port)); return true; }
            catch (SocketException) { return false; }
        }
        """);

    [Fact]
    public Task Ignores_a_socket_or_listener_that_is_passed_in() => Rule.VerifyInAgent("""
        readonly TcpListener listener;
        public SampleAgent(TcpListener listener) => this.listener = listener;
        public void Start(Socket socket, EndPoint place) { listener.Start(); socket.Bind(place); }
        """);

    [Fact]
    public Task Ignores_a_udp_client_that_only_sends() => Rule.VerifyInAgent("""
        readonly UdpClient anonymous = new();
        readonly UdpClient sender = new("hub", 9000);
        public void Send(byte[] data) => sender.Send(data, data.Length);
        """);

    [Fact]
    public Task Ignores_listeners_that_BaseAgent_owns() => Rule.Verify("""
        using System.Net;
        using System.Net.Sockets;

        namespace AgentLift.Runtime
        {
            public abstract class BaseAgent
            {
                protected TcpListener Own(TcpListener listener) => listener;
                protected UdpClient Own(UdpClient client) => client;
                protected Socket Own(Socket socket) => socket;
            }
        }

        namespace Fleet
        {
            public class DoorAgent : AgentLift.Runtime.BaseAgent
            {
                readonly TcpListener late = new(IPAddress.Any, 5003);
                TcpListener? listener;
                UdpClient? beacon;
                Socket? socket;

                public void Start(int port)
                {
                    listener = Own(new TcpListener(IPAddress.Any, port));
                    listener.Start();
                    beacon = Own(new UdpClient(port));
                    socket = Own(new Socket(SocketType.Stream, ProtocolType.Tcp));
                    socket.Bind(new IPEndPoint(IPAddress.Any, port));
                    socket.Listen();
                    Own(late);
                    late.Start();
                    new Thread(() => { while (true) listener.AcceptTcpClient().Close(); }).Start();
                }
            }
        }
        """);

    [Fact]
    public Task Reports_a_listener_beside_one_that_is_owned() => Rule.Verify("""
        using System.Net;
        using System.Net.Sockets;

        namespace AgentLift.Runtime
        {
            public abstract class BaseAgent { protected TcpListener Own(TcpListener listener) => listener; }
        }

        namespace Fleet
        {
            public class DoorAgent : AgentLift.Runtime.BaseAgent
            {
                TcpListener? owned;
                TcpListener? raw;

                public void Start(int port)
                {
                    owned = Own(new TcpListener(IPAddress.Any, port));
                    raw = [|new TcpListener(IPAddress.Any, port + 1)|];
                    new Thread(() => { while (true) raw.AcceptTcpClient().Close(); }).Start();
                }
            }
        }
        """);
}
