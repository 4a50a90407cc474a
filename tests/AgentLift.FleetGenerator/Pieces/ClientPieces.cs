using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;
using static AgentLift.FleetGenerator.Drafting.PieceRole;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>AGL3002: raw clients that wait without a limit, and clients that do not.</summary>
internal static class ClientPieces
{
    public static IEnumerable<Piece> All =>
    [
        new Piece("tcp client in a field", Pattern, FieldClient) { Gives = [Traits.Socket] },
        new Piece("tcp client for a question", Pattern, Question) { Gives = [Traits.Socket] },
        new Piece("tcp client by constructor", Pattern, ByConstructor) { Gives = [Traits.Socket] },
        new Piece("socket connect", Pattern, SocketConnect) { Gives = [Traits.Socket] },
        new Piece("tcp client async", Pattern, ConnectAsync) { Gives = [Traits.Socket] },
        new Piece("client with limits", Decoy, Limited) { Gives = [Traits.Socket] },
        new Piece("client with a token", Decoy, WithToken) { Gives = [Traits.Socket] },
        new Piece("short send", Decoy, ShortSend) { Gives = [Traits.Socket] },
    ];

    private static (string Host, string Port, string Marks) Peer(AgentDraft agent)
    {
        agent.Use("System.Net.Sockets");
        return agent.Chance(3)
            ? ($"\"{agent.Pick("10.1.4.7", "localhost", "127.0.0.1", $"{agent.Noun}s.internal")}\"", agent.Number(1100, 64000).ToString(), " §" + HardCodedEndpoint)
            : (Endpoints.ConfiguredHost(agent), Endpoints.ConfiguredPort(agent), "");
    }

    private static void FieldClient(AgentDraft agent)
    {
        var (host, port, marks) = Peer(agent);
        var client = agent.FieldName("client", "upstream", "link");
        agent.Field($"private {agent.Pick("readonly TcpClient", "TcpClient")} {client} = new{agent.Pick("", " TcpClient")}();");
        var connect = agent.Name("Connect", "Dial", "LinkUp");
        var read = agent.Name("Next", "Take");
        agent.Method(Code.Block($"private void {connect}()", $"{agent.This}{client}.Connect({host}, {port}); §{RawClientWithoutTimeout}{marks}"));
        agent.Method($"private int {read}() => {client}.GetStream().ReadByte();");
    }

    private static void Question(AgentDraft agent)
    {
        var (host, port, marks) = Peer(agent);
        agent.Use("System.IO");
        var ask = agent.Name("Ask", "Inquire", "Consult");
        agent.Method(Code.Block(
            $"public string {ask}(string question)",
            agent.Pick("using var client = new TcpClient();", "using TcpClient client = new();", "var client = new TcpClient { NoDelay = true };"),
            $"client.Connect({host}, {port}); §{RawClientWithoutTimeout}{marks}",
            "using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };",
            "using var reader = new StreamReader(client.GetStream());",
            "writer.WriteLine(question);",
            "return reader.ReadLine();"));
    }

    private static void ByConstructor(AgentDraft agent)
    {
        var (host, port, marks) = Peer(agent);
        var ask = agent.Name("Fetch", "Query", "Collect");
        agent.Method(agent.Pick(
            Code.Block($"private int {ask}()", Code.Block($"using (var client = new TcpClient({host}, {port})) §{RawClientWithoutTimeout}{marks}", "var stream = client.GetStream();", "stream.WriteByte(1);", "return stream.ReadByte();")),
            Code.Block($"private byte[] {ask}(int size)", "var buffer = new byte[size];", $"using TcpClient client = new({host}, {port}); §{RawClientWithoutTimeout}{marks}", "client.GetStream().ReadExactly(buffer);", "return buffer;")));
    }

    private static void SocketConnect(AgentDraft agent)
    {
        var (host, port, marks) = Peer(agent);
        var ask = agent.Name("Exchange", "Trade", "Swap");
        agent.Method(Code.Block(
            $"public byte[] {ask}(byte[] request)",
            "using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);",
            $"socket.Connect({host}, {port}); §{RawClientWithoutTimeout}{marks}",
            "socket.Send(request);",
            "var answer = new byte[256];",
            "var count = socket.Receive(answer);",
            "return answer[..count];"));
    }

    private static void ConnectAsync(AgentDraft agent)
    {
        var (host, port, marks) = Peer(agent);
        agent.Use("System.Threading.Tasks");
        var ask = agent.Name("CallAsync", "ReachAsync", "PullAsync");
        agent.Method(Code.Block(
            $"public async Task<int> {ask}(byte[] request)",
            "using var client = new TcpClient();",
            $"await client.ConnectAsync({host}, {port}); §{RawClientWithoutTimeout}{marks}",
            "var stream = client.GetStream();",
            "await stream.WriteAsync(request);",
            "return await stream.ReadAsync(request);"));
    }

    private static void Limited(AgentDraft agent)
    {
        agent.Use("System.Net.Sockets");
        var (host, port) = (Endpoints.ConfiguredHost(agent), Endpoints.ConfiguredPort(agent));
        var milliseconds = agent.Number(1, 40) * 250;
        var ask = agent.Name("AskSoon", "Peek", "Sample");
        agent.Method(Code.Block(
            $"public int {ask}()",
            agent.Chance(2)
                ? $"using var client = new TcpClient {{ SendTimeout = {milliseconds}, ReceiveTimeout = {milliseconds} }};"
                : Code.Lines("using var client = new TcpClient();", $"client.ReceiveTimeout = {milliseconds};", $"client.SendTimeout = {milliseconds};"),
            $"client.Connect({host}, {port});",
            "return client.GetStream().ReadByte();"));
    }

    private static void WithToken(AgentDraft agent)
    {
        agent.Use("System.Net.Sockets", "System.Threading.Tasks");
        var (host, port) = (Endpoints.ConfiguredHost(agent), Endpoints.ConfiguredPort(agent));
        var ask = agent.Name("AskAsync", "PeekAsync", "SampleAsync");
        agent.Method(Code.Block(
            $"public async Task<int> {ask}(byte[] buffer, CancellationToken token)",
            "using var client = new TcpClient();",
            $"await client.ConnectAsync({host}, {port}, token);",
            "return await client.GetStream().ReadAsync(buffer, token);"));
    }

    private static void ShortSend(AgentDraft agent)
    {
        agent.Use("System.Net.Sockets");
        var (host, port) = (Endpoints.ConfiguredHost(agent), Endpoints.ConfiguredPort(agent));
        var send = agent.Name("Push", "Post", "Report");
        agent.Method(agent.Pick(
            Code.Block($"public void {send}(byte[] message)", "using var client = new TcpClient();", $"client.Connect({host}, {port});", "client.GetStream().Write(message, 0, message.Length);"),
            Code.Block($"public bool {send}()", "try", "{", $"    using var client = new TcpClient({host}, {port});", "    return client.Connected;", "}", "catch (SocketException)", "{", "    return false;", "}")));
    }
}
