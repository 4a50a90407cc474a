using AgentLift.FleetGenerator.Drafting;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>Where ports, hosts and addresses come from: from code (AGL3004) or from a parameter of the constructor.</summary>
internal static class Endpoints
{
    /// <summary>A port as an expression and the marks of the line that uses it.</summary>
    public static (string Text, string Marks) Port(AgentDraft agent, bool staticOnly = false)
    {
        var number = agent.Number(1100, 64000);
        switch (agent.Number(0, 6))
        {
            case 0:
                return (number.ToString(), " §" + HardCodedEndpoint);
            case 1:
                var constant = agent.ConstantName("Port", "ListenPort");
                agent.Field($"{agent.Pick("private", "public", "internal")} const int {constant} = {number}; §{HardCodedEndpoint}");
                return (agent.Chance(4) ? $"{agent.TypeName}.{constant}" : constant, "");
            case 2:
                var shared = agent.ConstantName("DefaultPort", "Port");
                agent.Field($"private static readonly int {shared} = {number}; §{HardCodedEndpoint}");
                return (shared, "");
            case 3 when !staticOnly:
                var field = agent.FieldName("listenPort", "serverPort", "port");
                agent.Field($"private {agent.Pick("readonly ", "")}int {field} = {number}; §{HardCodedEndpoint}");
                return (field, "");
            default:
                return staticOnly ? (number.ToString(), " §" + HardCodedEndpoint) : (ConfiguredPort(agent), "");
        }
    }

    public static string ConfiguredPort(AgentDraft agent) => agent.Parameter("int", "port", "listenPort", "inPort");

    public static string ConfiguredHost(AgentDraft agent) => agent.Parameter("string", "host", "remoteHost", "gatewayHost");

    /// <summary>A text such as a URL or a connection string, as an expression, and the marks of the line that uses it.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="value">The value, without quotes.</param>
    /// <param name="ending">How the name of a field must end: Url, Host, ConnectionString and so on.</param>
    public static (string Text, string Marks) Address(AgentDraft agent, string value, string ending)
    {
        switch (agent.Number(0, 6))
        {
            case 0 or 1:
                return ($"\"{value}\"", " §" + HardCodedEndpoint);
            case 2:
                var constant = agent.ConstantName(ending);
                agent.Field($"private const string {constant} = \"{value}\"; §{HardCodedEndpoint}");
                return (constant, "");
            case 3:
                var shared = agent.ConstantName("Default" + ending, ending);
                agent.Field($"private static readonly string {shared} = \"{value}\"; §{HardCodedEndpoint}");
                return (shared, "");
            default:
                return (agent.Parameter("string", ending), "");
        }
    }
}
