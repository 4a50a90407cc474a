using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;
using static AgentLift.FleetGenerator.Drafting.PieceRole;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>AGL1002 and AGL1006: own health checks, own tables of addresses.</summary>
internal static class HealthPieces
{
    public static IEnumerable<Piece> All =>
    [
        new Piece("health method", Pattern, HealthMethod) { Gives = [Traits.HealthMethod], Bars = [Traits.HealthLiteral] },
        new Piece("heartbeat", Pattern, Heartbeat) { Gives = [Traits.HealthMethod], Bars = [Traits.HealthLiteral] },
        new Piece("health endpoint", Pattern, Endpoint) { Gives = [Traits.HealthMethod], Bars = [Traits.HealthLiteral] },
        new Piece("health literal", Pattern, Literal) { Gives = [Traits.HealthLiteral], Bars = [Traits.HealthMethod], IsNoPatternWhenLifted = true },
        new Piece("health of others", Decoy, OfOthers) { Gives = [Traits.HealthMethod], Bars = [Traits.HealthLiteral] },
        new Piece("health words", Decoy, Words),
        new Piece("table of addresses", Pattern, Table),
        new Piece("table of texts", Pattern, TextTable),
        new Piece("table of endpoints in code", Pattern, LiteralTable),
        new Piece("table of own records", Pattern, RecordTable),
        new Piece("tables of sessions", Decoy, Sessions),
    ];

    private static void HealthMethod(AgentDraft agent)
    {
        var name = agent.Name("Health", "CheckHealth", "GetHealth", "IsAlive", "HealthStatus", "SelfCheck", "Liveness", "CheckReadiness", "health");
        agent.Method(agent.Number(0, 4) switch
        {
            0 => $"public string {name}() => \"ok\"; §{HandRolledHealthCheck}",
            1 => Code.Block($"public bool {name}() §{HandRolledHealthCheck}", agent.Step(), $"return {agent.Work()}(1) >= 0;"),
            2 => Code.Block($"private static int {name}(CancellationToken token = default) §{HandRolledHealthCheck}", "return token.IsCancellationRequested ? 0 : 200;"),
            _ => Code.Lines("[Obsolete]", Code.Block($"internal object {name}(object state) §{HandRolledHealthCheck}", "return state ?? DateTime.UtcNow;")),
        });
    }

    private static void Heartbeat(AgentDraft agent)
    {
        var name = agent.Name("Heartbeat", "SendHeartbeat", "OnHeartbeat", "HeartbeatRound");
        agent.Method(Code.Block($"private void {name}({agent.Pick("", "object state")}) §{HandRolledHealthCheck}", agent.Step()));
    }

    private static void Endpoint(AgentDraft agent)
    {
        agent.Use("System.Net", "System.IO");
        var name = agent.Name("HandleHealth", "AnswerHealth", "WriteLiveness", "ReadinessProbe");
        agent.Method(agent.Pick(
            Code.Block($"private void {name}(HttpListenerContext context) §{HandRolledHealthCheck}", "context.Response.StatusCode = 200;", "context.Response.Close();"),
            Code.Block($"private void {name}(Stream stream) §{HandRolledHealthCheck}", "stream.WriteByte(1);"),
            Code.Block($"private static void {name}(System.Net.Sockets.Socket socket) §{HandRolledHealthCheck}", "socket.Send(new byte[] { 1 });")));
    }

    private static void Literal(AgentDraft agent)
    {
        var name = agent.Name("Dispatch", "Handle", "OnRequest");
        var literal = agent.Pick("health", "healthz", "/health", "/healthz", "healthcheck");
        agent.Method(agent.Number(0, 5) switch
        {
            0 => Code.Block($"private string {name}(string request)", $"if (request == \"{literal}\") §{HandRolledHealthCheck}", "    return \"ok\";", "return request.ToUpperInvariant();"),
            1 => Code.Block($"private string {name}(string request)", Code.Block("switch (request)", $"case \"{agent.Noun}\":", $"    return {agent.Work()}(1).ToString();", $"case \"{literal}\": §{HandRolledHealthCheck}", "    return \"ok\";", "default:", "    return null;")),
            2 => Code.Block($"private string {name}(string request)", Code.Lines("return request switch", "{", $"    \"{literal}\" => \"ok\", §{HandRolledHealthCheck}", "    _ => request,", "};")),
            3 => $"private bool {name}(string path) => path.Equals(\"{literal}\", StringComparison.OrdinalIgnoreCase); §{HandRolledHealthCheck}",
            _ => $"private static bool {name}(string path) => path is \"{literal}\"; §{HandRolledHealthCheck}",
        });
    }

    private static void OfOthers(AgentDraft agent)
    {
        agent.Use("System.Diagnostics");
        var name = agent.Name("CheckHealth", "HealthOf", "IsAlive", "LivenessOf");
        agent.Method(agent.Pick(
            Code.Block($"public bool {name}(string agentName)", $"return agentName.Length > {agent.Number(1, 9)};"),
            $"public static bool {name}(Process other) => !other.HasExited;",
            Code.Block($"internal int {name}(string agent, CancellationToken token)", "token.ThrowIfCancellationRequested();", $"return {agent.Work()}(agent.Length);")));
    }

    private static void Words(AgentDraft agent)
    {
        agent.Method(Code.Block($"private static string {agent.Name("Advice", "Leaflet")}(int age)", "var health = age > 60 ? \"public health\" : \"health insurance\";", "return health + age;"));
    }

    private static void Table(AgentDraft agent)
    {
        agent.Use("System.Net", "System.Collections.Concurrent");
        var field = agent.FieldName("agents", "peers", "services", "nodes", "registry", "backends", "peerTable");
        var type = agent.Pick("IPEndPoint", "EndPoint", "DnsEndPoint", "Uri", "(string Host, int Port)", "(string, int)");
        agent.Field(agent.Number(0, 4) switch
        {
            0 => $"private readonly {agent.Pick("List", "HashSet")}<{type}> {field} = new(); §{HandRolledServiceLookup}",
            1 => $"private readonly ConcurrentDictionary<string, {type}> {field} = new(); §{HandRolledServiceLookup}",
            2 => $"internal Dictionary<string, {type}> {agent.Name("Agents", "Peers", "Services", "KnownNodes")} {{ get; }} = new(); §{HandRolledServiceLookup}",
            _ => $"private static readonly Dictionary<string, {type}> {field} = new Dictionary<string, {type}>(); §{HandRolledServiceLookup}",
        });
    }

    private static void TextTable(AgentDraft agent)
    {
        var field = agent.FieldName("agents", "services", "peers", "serviceTable", "backends");
        agent.Field(agent.Pick(
            Code.Lines($"private readonly Dictionary<string, string> {field} = new() §{HandRolledServiceLookup}", "{", $"    [\"{agent.Noun}s\"] = \"localhost:{agent.Number(2000, 9999)}\",", $"    [\"audit\"] = \"10.0.0.{agent.Number(2, 99)}:{agent.Number(2000, 9999)}\",", "};"),
            Code.Lines($"private static readonly Dictionary<string, int> {agent.FieldName("agentPorts", "servicePorts")} = new Dictionary<string, int> §{HandRolledServiceLookup}", "{", $"    {{ \"{agent.Noun}s\", {agent.Number(2000, 9999)} }},", $"    {{ \"audit\", {agent.Number(2000, 9999)} }},", "};"),
            $"private readonly string[] {field} = {{ \"http://10.0.0.{agent.Number(2, 99)}:8080\", \"http://10.0.1.{agent.Number(2, 99)}:8080\" }}; §{HandRolledServiceLookup}"));
    }

    private static void LiteralTable(AgentDraft agent)
    {
        agent.Use("System.Net");
        var field = agent.FieldName("agents", "peers", "nodes");
        agent.Field(Code.Lines(
            $"private readonly Dictionary<string, IPEndPoint> {field} = new() §{HandRolledServiceLookup}",
            "{",
            $"    [\"{agent.Noun}s\"] = new IPEndPoint(IPAddress.Loopback, {agent.Number(2000, 9999)}), §{HardCodedEndpoint}",
            $"    [\"audit\"] = new(IPAddress.Loopback, {agent.Number(2000, 9999)}), §{HardCodedEndpoint}",
            "};"));
    }

    private static void RecordTable(AgentDraft agent)
    {
        var type = agent.Name("Place", "Spot", "Target");
        agent.Nested(agent.Pick(
            $"private sealed record {type}(string Host, int Port);",
            Code.Block($"private sealed class {type}", "public string Address { get; set; }", "public int Port { get; set; }")));
        agent.Field($"private readonly {agent.Pick($"List<{type}>", $"Dictionary<string, {type}>")} {agent.FieldName("agents", "peers", "services", "nodes")} = new(); §{HandRolledServiceLookup}");
    }

    private static void Sessions(AgentDraft agent)
    {
        agent.Use("System.Net", "System.Net.Sockets", "System.Collections.Concurrent");
        agent.Field(agent.Pick(
            $"private readonly Dictionary<string, TcpClient> {agent.FieldName("clients", "sessions")} = new();",
            $"private readonly ConcurrentDictionary<int, Socket> {agent.FieldName("connections", "callers")} = new();",
            $"private readonly List<IPEndPoint> {agent.FieldName("subscribers", "listeners")} = new();"));
        agent.Field($"private readonly Dictionary<string, int> {agent.FieldName("agentScores", "workerRanks")} = new();");
        agent.Field($"private readonly Dictionary<string, Uri> {agent.FieldName("images", "covers")} = new();");
    }
}
