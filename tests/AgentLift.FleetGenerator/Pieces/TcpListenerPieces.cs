using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;
using static AgentLift.FleetGenerator.Drafting.PieceRole;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>AGL3001 for TcpListener: its creation, its accept loop, and what stops it.</summary>
internal static class TcpListenerPieces
{
    public static IEnumerable<Piece> All =>
    [
        .. new (string Name, Action<AgentDraft> Apply)[]
        {
            ("gated accept", agent => Accept(agent, Gates.Any(agent), stops: agent.Chance(2), tries: agent.Chance(2))),
            ("endless accept", agent => Accept(agent, EndlessLoops.Plain(agent), stops: false, tries: agent.Chance(2))),
            ("endless accept in try", agent => Accept(agent, EndlessLoops.Plain(agent), stops: true, tries: true)),
            ("endless accept that Stop ends", agent => Accept(agent, EndlessLoops.Plain(agent) with { Rule = null }, stops: true, tries: false)),
            ("async accept", AcceptAsync),
            ("polled accept", Polled),
            ("callback accept", Callback),
            ("local listener", LocalListener),
        }.Select(piece => new Piece("tcp " + piece.Name, Owner, piece.Apply) { Gives = [Traits.Socket] }),
        new Piece("free port probe", Decoy, FreePort),
    ];

    /// <summary>Creates a listener in a field, in one of the places where that happens, and returns the field.</summary>
    public static string Listener(AgentDraft agent)
    {
        agent.Use("System.Net", "System.Net.Sockets");
        var listener = agent.FieldName("listener", "acceptor", "door");
        if (agent.Chance(5))
        {
            var (fixedPort, fixedMarks) = Endpoints.Port(agent, staticOnly: true);
            agent.Field($"private readonly TcpListener {listener} = {agent.Pick("new", "new TcpListener")}(IPAddress.Loopback, {fixedPort}); §{RawListener}{fixedMarks}");
            agent.Start($"{listener}.Start();");
            return listener;
        }

        var (port, marks) = Endpoints.Port(agent);
        var address = agent.Pick("IPAddress.Any", "IPAddress.Loopback", "IPAddress.IPv6Any");
        agent.Field($"private TcpListener {listener};");
        agent.SetUp($"{agent.This}{listener} = " + agent.Number(0, 5) switch
        {
            0 => $"TcpListener.Create({port});",
            1 => $"new TcpListener(new IPEndPoint({address}, {port}));",
            2 => $"new({address}, {port});",
            3 => $"new System.Net.Sockets.TcpListener({address}, {port}) {{ ExclusiveAddressUse = true }};",
            _ => $"new TcpListener({address}, {port});",
        } + $" §{RawListener}{marks}");
        agent.Start($"{listener}.Start({agent.Pick("", "16")});");
        return listener;
    }

    private static void Accept(AgentDraft agent, LoopShape loop, bool stops, bool tries)
    {
        var listener = Listener(agent);
        var client = agent.Local("client", "caller", "incoming");
        var (method, type) = agent.Pick(("AcceptTcpClient", "TcpClient"), ("AcceptTcpClient", "var"), ("AcceptSocket", "Socket"));
        var serve = Serve(agent, type == "Socket");
        var accept = Code.Lines($"{type} {client} = {agent.This}{listener}.{method}();", Handle(agent, serve, client));
        var body = tries ? Code.Lines("try", "{", Code.Indent(accept), "}", agent.Pick("catch (SocketException)", "catch (Exception)"), "{", "    " + agent.Step(), "}") : accept;
        ThreadStarters.Any(agent, loop.Write(body));
        if (stops)
            agent.Stop($"{listener}.Stop();");
    }

    private static void AcceptAsync(AgentDraft agent)
    {
        agent.Use("System.Threading.Tasks");
        var listener = Listener(agent);
        var source = agent.FieldName("cancel", "lifetime");
        agent.Field($"private readonly CancellationTokenSource {source} = new();");
        var method = agent.Name("AcceptAsync", "ListenAsync", "ServeAllAsync");
        var serve = Serve(agent, false);
        var loop = agent.Chance(2)
            ? new LoopShape($"while (!{source}.IsCancellationRequested)")
            : new LoopShape("while (true)");
        agent.Method(Code.Block($"private async Task {method}()", loop.Write($"var incoming = await {listener}.AcceptTcpClientAsync({source}.Token);", Handle(agent, serve, "incoming"))));
        var task = agent.FieldName("accepting", "task");
        agent.Field($"private Task {task};");
        agent.Start(agent.Pick($"{task} = {method}();", $"{task} = Task.Run({method});"));
        agent.Stop($"{source}.Cancel();");
        agent.Stop($"{listener}.Stop();");
    }

    private static void Polled(AgentDraft agent)
    {
        var listener = Listener(agent);
        var serve = Serve(agent, false);
        var wait = $"Thread.Sleep({agent.Number(1, 9) * 20}); §{SleepPolling}";
        ThreadStarters.Any(agent, Gates.Any(agent).Write(agent.Pick(
            Code.Lines(Code.Block($"if (!{listener}.Pending())", wait, "continue;"), $"{serve}({listener}.AcceptTcpClient());"),
            Code.Lines($"while ({listener}.Pending())", $"    {serve}({listener}.AcceptTcpClient());", wait))));
        agent.Stop($"{listener}.Stop();");
    }

    private static void Callback(AgentDraft agent)
    {
        var listener = Listener(agent);
        var serve = Serve(agent, false);
        var accepted = agent.Name("OnAccept", "Accepted");
        agent.Method(Code.Block($"private void {accepted}(IAsyncResult result)", $"var client = {listener}.EndAcceptTcpClient(result);", $"{listener}.BeginAcceptTcpClient({accepted}, null);", $"{serve}(client);"));
        agent.Start($"{listener}.BeginAcceptTcpClient({accepted}, null);");
    }

    private static void LocalListener(AgentDraft agent)
    {
        agent.Use("System.Net", "System.Net.Sockets");
        var (port, marks) = Endpoints.Port(agent);
        var serve = Serve(agent, false);
        var listener = agent.Local("listener", "door");
        ThreadStarters.Any(agent, Code.Lines(
            $"var {listener} = new TcpListener(IPAddress.Any, {port}); §{RawListener}{marks}",
            $"{listener}.Start();",
            Gates.Any(agent).Write($"{serve}({listener}.AcceptTcpClient());")));
    }

    private static string Handle(AgentDraft agent, string serve, string client) => agent.Number(0, 5) switch
    {
        0 => $"ThreadPool.QueueUserWorkItem(_ => {serve}({client})); §{UnsupervisedTask}",
        1 => $"new Thread(() => {serve}({client})).Start(); §{ManualThread}",
        2 => $"_ = System.Threading.Tasks.Task.Run(() => {serve}({client})); §{UnsupervisedTask}",
        _ => $"{serve}({client});",
    };

    /// <summary>A method that answers one caller; the connection comes from outside it, so it is nothing to report.</summary>
    private static string Serve(AgentDraft agent, bool socket)
    {
        agent.Use("System.IO", "System.Net.Sockets");
        var serve = agent.Name("Serve", "Answer", "Greet", "Converse");
        var work = agent.Work();
        agent.Method(socket
            ? Code.Block($"private void {serve}(Socket caller)", "var buffer = new byte[512];", "int count;", Code.Block("while ((count = caller.Receive(buffer)) > 0)", $"buffer[0] = (byte){work}(count);", "caller.Send(buffer, 0, count, SocketFlags.None);"), "caller.Dispose();")
            : Code.Block($"private void {serve}(TcpClient caller)", "using (caller)", "using (var reader = new StreamReader(caller.GetStream()))", "using (var writer = new StreamWriter(caller.GetStream()) { AutoFlush = true })", "{", "    string line;", "    while ((line = reader.ReadLine()) != null)", $"        writer.WriteLine({work}(line.Length));", "}"));
        return serve;
    }

    private static void FreePort(AgentDraft agent)
    {
        agent.Use("System.Net", "System.Net.Sockets");
        var method = agent.Name("FindFree", "Probe", "NextFree");
        agent.Method(Code.Block(
            $"private static int {method}()",
            $"var probe = new TcpListener(IPAddress.{agent.Pick("Loopback", "Any")}, 0);",
            "probe.Start();",
            agent.Chance(2)
                ? Code.Lines("try", "{", "    return ((IPEndPoint)probe.LocalEndpoint).Port;", "}", "finally", "{", "    probe.Stop();", "}")
                : Code.Lines("var free = ((IPEndPoint)probe.LocalEndpoint).Port;", "probe.Stop();", "return free;")));
    }
}
