using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;
using static AgentLift.FleetGenerator.Drafting.PieceRole;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>AGL3003 to AGL3005: message-queue sockets, endpoints in code, unsafe deserialisation.</summary>
internal static class MessagePieces
{
    private static readonly string[] Kinds = ["ResponseSocket", "RequestSocket", "PublisherSocket", "SubscriberSocket", "PullSocket", "PushSocket", "RouterSocket", "DealerSocket"];

    public static IEnumerable<Piece> All =>
    [
        new Piece("queue socket kept", Owner, KeptSocket) { Gives = [Traits.Socket] },
        new Piece("queue socket with address", Owner, SocketWithAddress) { Gives = [Traits.Socket] },
        new Piece("queue socket in a method", Pattern, LocalSocket) { Gives = [Traits.Socket] },
        new Piece("queue socket handed in", Decoy, HandedIn) { Gives = [Traits.Socket] },
        new Piece("base address", Pattern, BaseAddress),
        new Piece("url for a client", Pattern, UrlForClient),
        new Piece("uri field", Pattern, UriField),
        new Piece("endpoint object", Pattern, EndpointObject),
        new Piece("no endpoint", Decoy, NoEndpoint),
        new Piece("binary formatter on received", Pattern, BinaryFormatter) { Needs = [Traits.Socket] },
        new Piece("other formatters on received", Pattern, OtherFormatter) { Needs = [Traits.Socket] },
        new Piece("type names on received", Pattern, TypeNames) { Needs = [Traits.Socket] },
        new Piece("formatter on its own file", Decoy, OwnFile),
        new Piece("formatter without a socket", Decoy, WithoutSocket) { Bars = [Traits.Socket] },
        new Piece("fixed contract", Decoy, FixedContract),
    ];

    private static void KeptSocket(AgentDraft agent)
    {
        agent.Use("NetMQ", "NetMQ.Sockets");
        var socket = agent.FieldName("socket", "queue", "bus");
        var kind = agent.Pick(Kinds);
        var (address, marks) = Endpoints.Address(agent, $"tcp://{agent.Pick("*", "127.0.0.1")}:{agent.Number(4000, 9000)}", agent.Pick("Endpoint", "Address"));
        var initialised = agent.Chance(2);
        agent.Field(initialised ? $"private readonly {kind} {socket} = new{agent.Pick("", " " + kind)}(); §{MessageQueueSocket}" : $"private {kind} {socket};");
        if (!initialised)
            agent.SetUp($"{socket} = new {kind}(); §{MessageQueueSocket}");
        agent.Start($"{agent.This}{socket}.{agent.Pick("Bind", "Connect")}({address});{marks}");
        var exchange = agent.Name("Exchange", "Deliver", "Circulate");
        agent.Method(Code.Block($"private void {exchange}(string message)", $"{socket}.SendFrame(message);", agent.Step()));
        agent.Stop($"{socket}.Dispose();");
    }

    private static void SocketWithAddress(AgentDraft agent)
    {
        agent.Use("NetMQ", "NetMQ.Sockets");
        var socket = agent.FieldName("replies", "inlet", "outlet");
        var kind = agent.Pick(Kinds);
        agent.Field($"private readonly {kind} {socket} = new {kind}(\"{agent.Pick("@", ">")}tcp://localhost:{agent.Number(4000, 9000)}\"); §{MessageQueueSocket} §{HardCodedEndpoint}");
        ThreadStarters.Any(agent, Gates.Any(agent).Write($"var frame = {socket}.ReceiveFrameString();", $"{socket}.SendFrame({agent.Work()}(frame.Length).ToString());"));
    }

    private static void LocalSocket(AgentDraft agent)
    {
        agent.Use("NetMQ", "NetMQ.Sockets");
        var address = agent.Parameter("string", "busAddress", "brokerAddress");
        var kind = agent.Pick(Kinds);
        var method = agent.Name("Circulate", "Transfer", "HandOver");
        agent.Method(Code.Block($"public string {method}(string message)", $"using {agent.Pick("var", kind)} socket = new {kind}(); §{MessageQueueSocket}", $"socket.Connect({address});", "socket.SendFrame(message);", "return socket.ReceiveFrameString();"));
    }

    private static void HandedIn(AgentDraft agent)
    {
        agent.Use("NetMQ", "NetMQ.Sockets");
        var method = agent.Name("Echo", "Mirror", "PassOn");
        agent.Method($"public static void {method}({agent.Pick(Kinds)} socket) => socket.SendFrame(socket.ReceiveFrameString());");
    }

    private static void BaseAddress(AgentDraft agent)
    {
        agent.Use("System.Net.Http");
        var client = agent.FieldName("web", "client", "rest");
        var url = $"http://{agent.Noun}s.internal:{agent.Number(2000, 9999)}/";
        if (agent.Chance(2))
        {
            agent.Field($"private static readonly HttpClient {client} = new() {{ BaseAddress = new Uri(\"{url}\") }}; §{HardCodedEndpoint}");
            return;
        }

        agent.Field($"private readonly HttpClient {client} = new HttpClient();");
        agent.Construct($"{client}.BaseAddress = new Uri(\"{url}\"); §{HardCodedEndpoint}");
    }

    private static void UrlForClient(AgentDraft agent)
    {
        agent.Use("System.Net.Http", "System.Threading.Tasks");
        var client = agent.Parameter("HttpClient", "web", "http");
        var method = agent.Name("DownloadAsync", "PriceAsync", "NewsAsync");
        agent.Method(Code.Block($"public async Task<string> {method}()", $"return await {client}.{agent.Pick("GetStringAsync", "GetStringAsync")}(\"https://api.{agent.Noun}s.example/v{agent.Number(1, 4)}/all\"); §{HardCodedEndpoint}"));
    }

    private static void UriField(AgentDraft agent)
    {
        var uri = agent.FieldName("feedUrl", "storeUrl", "statusUrl");
        var method = agent.Name("Target", "Link");
        agent.Field($"private {agent.Pick("readonly", "static readonly")} Uri {uri} = new{agent.Pick(" Uri", "")}(\"{agent.Pick("http", "https")}://{agent.Noun}.example:{agent.Number(2000, 9999)}/feed\"); §{HardCodedEndpoint}");
        agent.Method($"public string {method}() => {uri}.ToString();");
    }

    private static void EndpointObject(AgentDraft agent)
    {
        agent.Use("System.Net");
        var method = agent.Name("Destination", "Upstream");
        var ip = $"10.{agent.Number(0, 9)}.{agent.Number(0, 9)}.{agent.Number(2, 99)}";
        agent.Method(agent.Pick(
            $"private static EndPoint {method}() => new DnsEndPoint(\"{agent.Noun}.internal\", {agent.Number(2000, 9999)}); §{HardCodedEndpoint}",
            Code.Block($"private static IPEndPoint {method}()", $"var target = new IPEndPoint(IPAddress.Parse(\"{ip}\"), {agent.Number(2000, 9999)}); §{HardCodedEndpoint}", "return target;")));
    }

    /// <summary>Numbers and texts near endpoints that are none.</summary>
    private static void NoEndpoint(AgentDraft agent)
    {
        agent.Use("System.Net");
        var method = agent.Name("Relative", "Sub", "Inner");
        var any = agent.Name("AnyDoor", "Ephemeral");
        agent.Method($"private static Uri {method}() => new Uri(\"{agent.Noun}/{agent.Number(1, 99)}\", UriKind.Relative);");
        agent.Method($"private static IPEndPoint {any}() => new IPEndPoint(IPAddress.Loopback, 0);");
    }

    private static void BinaryFormatter(AgentDraft agent)
    {
        agent.Use("System.IO", "System.Runtime.Serialization.Formatters.Binary");
        var method = agent.Name("Decode", "Unpack", "Open");
        var (create, call) = agent.Pick(("", "new BinaryFormatter().Deserialize"), ("var formatter = new BinaryFormatter();", "formatter.Deserialize"));
        agent.Method(Code.Lines(
            "#pragma warning disable SYSLIB0011",
            Code.Block($"private static object {method}({agent.Pick("Stream stream", "MemoryStream stream")})", create, $"return {call}(stream); §{UnsafeDeserialization}"),
            "#pragma warning restore SYSLIB0011"));
    }

    private static void OtherFormatter(AgentDraft agent)
    {
        agent.Use("System.IO");
        var method = agent.Name("Decode", "Unwrap", "Revive");
        var type = agent.Pick("System.Runtime.Serialization.NetDataContractSerializer", "System.Runtime.Serialization.Formatters.Soap.SoapFormatter", "System.Web.UI.LosFormatter");
        agent.Method(Code.Block($"public object {method}(byte[] received)", $"var reader = new {type}();", "using var memory = new MemoryStream(received);", $"return reader.Deserialize(memory); §{UnsafeDeserialization}"));
    }

    private static void TypeNames(AgentDraft agent)
    {
        agent.Use("Newtonsoft.Json");
        var method = agent.Name("Parse", "FromText", "Restore");
        var handling = agent.Pick("All", "Auto", "Objects", "Arrays");
        agent.Method(agent.Pick(
            $"private object {method}(string text) => JsonConvert.DeserializeObject(text, new JsonSerializerSettings {{ TypeNameHandling = TypeNameHandling.{handling} }}); §{UnsafeDeserialization}",
            Code.Block($"private object {method}(string text)", "var settings = new JsonSerializerSettings();", $"settings.TypeNameHandling = TypeNameHandling.{handling}; §{UnsafeDeserialization}", "return JsonConvert.DeserializeObject(text, settings);")));
    }

    private static void OwnFile(AgentDraft agent)
    {
        agent.Use("System.IO");
        var method = agent.Name("Recall", "Resume", "Remember");
        agent.Method(Code.Block($"private static object {method}()", $"using var file = File.OpenRead(\"{agent.Noun}.state\");", "return new System.Runtime.Serialization.NetDataContractSerializer().Deserialize(file);"));
    }

    private static void WithoutSocket(AgentDraft agent)
    {
        agent.Use("System.IO", "Newtonsoft.Json");
        var method = agent.Name("Convert", "Import", "Translate");
        agent.Method(agent.Pick(
            $"private static object {method}(Stream stream) => new System.Runtime.Serialization.Formatters.Soap.SoapFormatter().Deserialize(stream);",
            $"private static object {method}(string text) => JsonConvert.DeserializeObject(text, new JsonSerializerSettings {{ TypeNameHandling = TypeNameHandling.All }});"));
    }

    private static void FixedContract(AgentDraft agent)
    {
        agent.Use("Newtonsoft.Json", "System.Text.Json");
        var method = agent.Name("ReadItem", "Interpret");
        agent.Method(agent.Pick(
            $"private static object {method}(string text) => JsonConvert.DeserializeObject(text, new JsonSerializerSettings {{ TypeNameHandling = TypeNameHandling.None }});",
            $"private static int[] {method}(string text) => System.Text.Json.JsonSerializer.Deserialize<int[]>(text);"));
    }
}
