using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Communication;

public class MessageQueueSocketTests
{
    private const string NetMq = "using NetMQ; using NetMQ.Sockets;";

    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.MessageQueueSocket);

    [Fact]
    public Task Reports_a_socket_in_a_field() => Rule.VerifyInAgent("""
        readonly ResponseSocket socket = [|new("@tcp://*:5555")|];
        """, NetMq);

    [Fact]
    public Task Reports_a_socket_in_a_using() => Rule.VerifyInAgent("""
        public void Run()
        {
            using (var socket = [|new ResponseSocket()|])
            {
                socket.Bind("tcp://*:5555");
                while (true) socket.SendFrame(socket.ReceiveFrameString());
            }
        }
        """, NetMq);

    [Fact]
    public Task Reports_a_socket_held_as_its_base_type() => Rule.VerifyInAgent("""
        NetMQSocket? socket;
        public void Start(bool publish) => socket = publish ? [|new PublisherSocket()|] : [|new RequestSocket()|];
        """, NetMq);

    [Fact]
    public Task Reports_a_socket_inside_a_lambda() => Rule.VerifyInAgent("""
        public void Start() => new Thread(() =>
        {
            using var socket = [|new RequestSocket(">tcp://hub:5555")|];
            socket.SendFrame("hello");
        }).Start();
        """, NetMq);

    [Fact]
    public Task Reports_a_socket_of_a_derived_class() => Rule.VerifyInAgent("""
        readonly NetMQSocket socket = [|new TracedSocket()|];
        }
        public class TracedSocket : ResponseSocket
        {
        """, NetMq);

    [Fact]
    public Task Ignores_a_socket_that_is_passed_in() => Rule.VerifyInAgent("""
        readonly ResponseSocket socket;
        public SampleAgent(ResponseSocket socket) => this.socket = socket;
        public void Answer() => socket.SendFrame(socket.ReceiveFrameString());
        """, NetMq);

    [Fact]
    public Task Ignores_a_socket_of_the_same_name_from_elsewhere() => Rule.VerifyInAgent("""
        readonly Puppets.ResponseSocket puppet = new();
        }
        namespace Puppets
        {
            public class ResponseSocket { }
        """);
}
