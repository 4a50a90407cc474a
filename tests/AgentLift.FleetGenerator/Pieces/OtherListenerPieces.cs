using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;
using static AgentLift.FleetGenerator.Drafting.PieceRole;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>AGL3001 for HttpListener, Socket and UdpClient.</summary>
internal static class OtherListenerPieces
{
    public static IEnumerable<Piece> All =>
    [
        new Piece("http listener", Owner, Http) { Gives = [Traits.Socket] },
        new Piece("http listener endless", Owner, HttpEndless) { Gives = [Traits.Socket] },
        new Piece("bound socket", Owner, BoundSocket) { Gives = [Traits.Socket] },
        new Piece("bound udp client", Owner, Udp) { Gives = [Traits.Socket] },
        new Piece("socket handed in", Decoy, HandedIn) { Gives = [Traits.Socket] },
        new Piece("unbound udp client", Decoy, UnboundUdp) { Gives = [Traits.Socket] },
    ];

    private static string HttpField(AgentDraft agent)
    {
        agent.Use("System.Net");
        var listener = agent.FieldName("http", "web", "listener");
        var (prefix, marks) = Endpoints.Address(agent, $"http://{agent.Pick("+", "*", "localhost", "127.0.0.1")}:{agent.Number(2000, 60000)}/{agent.Noun}/", agent.Pick("Url", "Endpoint"));
        if (agent.Chance(4))
        {
            agent.Field($"private HttpListener {listener};");
            agent.Start($"{listener} = new HttpListener {{ Prefixes = {{ {prefix} }} }}; §{RawListener}{marks}");
        }
        else
        {
            agent.Field($"private readonly HttpListener {listener} = {agent.Pick("new()", "new HttpListener()")}; §{RawListener}");
            agent.Start($"{listener}.Prefixes.Add({prefix});{marks}");
        }

        agent.Start($"{listener}.Start();");
        return listener;
    }

    private static string Respond(AgentDraft agent)
    {
        agent.Use("System.Text");
        var respond = agent.Name("Respond", "Reply", "Render");
        agent.Method(Code.Block($"private void {respond}(HttpListenerContext context)", $"var bytes = Encoding.UTF8.GetBytes({agent.Work()}(context.Request.QueryString.Count).ToString());", "context.Response.OutputStream.Write(bytes, 0, bytes.Length);", "context.Response.Close();"));
        return respond;
    }

    private static void Http(AgentDraft agent)
    {
        var listener = HttpField(agent);
        var respond = Respond(agent);
        var loop = agent.Chance(3) ? new LoopShape($"while ({listener}.IsListening)") : Gates.Any(agent);
        ThreadStarters.Any(agent, loop.Write(agent.Pick(
            $"{respond}({listener}.GetContext());",
            Code.Lines($"HttpListenerContext request = {listener}.GetContext();", $"ThreadPool.QueueUserWorkItem(_ => {respond}(request)); §{UnsupervisedTask}"),
            Code.Lines("try", "{", $"    {respond}({listener}.GetContext());", "}", "catch (HttpListenerException)", "{", "    " + agent.Step(), "}"))));
        agent.Stop($"{listener}.{agent.Pick("Stop", "Close")}();");
    }

    private static void HttpEndless(AgentDraft agent)
    {
        var listener = HttpField(agent);
        var respond = Respond(agent);
        var stopped = agent.Chance(2);
        if (stopped)
            agent.Stop($"{listener}.{agent.Pick("Stop", "Close")}();");
        ThreadStarters.Any(agent, (stopped ? EndlessLoops.Plain(agent) with { Rule = null } : EndlessLoops.Plain(agent)).Write($"{respond}({listener}.GetContext());"));
    }

    private static void BoundSocket(AgentDraft agent)
    {
        agent.Use("System.Net", "System.Net.Sockets");
        var socket = agent.FieldName("socket", "acceptor", "inbound");
        var (port, marks) = Endpoints.Port(agent);
        const string creation = "Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)";
        if (agent.Chance(2))
        {
            agent.Field($"private readonly Socket {socket} = new {creation};");
        }
        else
        {
            agent.Field($"private Socket {socket};");
            agent.Construct($"{socket} = new {creation};");
        }

        var bind = $"{socket}.Bind(new IPEndPoint(IPAddress.{agent.Pick("Any", "Loopback")}, {port})); §{RawListener}{marks}";
        if (agent.Chance(2))
        {
            var open = agent.Name("OpenDoor", "BindAll", "Prepare");
            agent.Method(Code.Block($"private void {open}()", bind, $"{socket}.Listen({agent.Number(4, 200)});"));
            agent.Start($"{open}();");
        }
        else
        {
            agent.Start(bind);
            agent.Start($"{socket}.Listen({agent.Number(4, 200)});");
        }

        var serve = agent.Name("Take", "Welcome");
        agent.Method(Code.Block($"private void {serve}(Socket caller)", "var buffer = new byte[64];", $"caller.Send(buffer, caller.Receive(buffer) + 0 * {agent.Work()}(1), SocketFlags.None);", "caller.Close();"));
        ThreadStarters.Any(agent, Gates.Any(agent).Write($"{serve}({socket}.Accept());"));
        agent.Stop($"{socket}.Close();");
    }

    private static void Udp(AgentDraft agent)
    {
        agent.Use("System.Net", "System.Net.Sockets");
        var udp = agent.FieldName("udp", "datagrams", "beacon");
        var (port, marks) = Endpoints.Port(agent);
        agent.Field($"private UdpClient {udp};");
        agent.SetUp($"{udp} = {agent.Pick($"new UdpClient({port})", $"new UdpClient(new IPEndPoint(IPAddress.Any, {port}))", $"new({port})")}; §{RawListener}{marks}");
        var sender = agent.Local("sender", "from");
        ThreadStarters.Any(agent, Gates.Any(agent).Write($"var {sender} = new IPEndPoint(IPAddress.Any, 0);", $"{agent.Work()}({udp}.Receive(ref {sender}).Length);"));
        agent.Stop($"{udp}.Dispose();");
    }

    private static void HandedIn(AgentDraft agent)
    {
        agent.Use("System.Net", "System.Net.Sockets");
        var method = agent.Name("Adopt", "Attach", "TakeOver");
        agent.Method(agent.Number(0, 3) switch
        {
            0 => Code.Block($"public void {method}(Socket socket, EndPoint address)", "socket.Bind(address);", "socket.Listen(8);"),
            1 => Code.Block($"public int {method}(TcpClient client, string host, int port)", "client.Connect(host, port);", "return client.GetStream().ReadByte();"),
            _ => Code.Block($"public static byte[] {method}(Socket socket)", "var buffer = new byte[128];", "var count = socket.Receive(buffer);", "return buffer[..count];"),
        });
    }

    private static void UnboundUdp(AgentDraft agent)
    {
        agent.Use("System.Net.Sockets");
        var host = Endpoints.ConfiguredHost(agent);
        var port = Endpoints.ConfiguredPort(agent);
        var method = agent.Name("Emit", "Broadcast", "Shout");
        agent.Method(Code.Block($"public void {method}(byte[] datagram)", "using var udp = new UdpClient();", $"udp.Send(datagram, datagram.Length, {host}, {port});"));
    }
}
