using System.Net;
using System.Net.Sockets;
using System.Text;
using AgentLift.Runtime;

namespace Fleet;

[LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
public partial class RelayAgent : BaseAgent
{
    private Dictionary<string, string> _routes = new Dictionary<string, string>
    {
        ["a"] = "10.0.0.1:4000",
        ["b"] = "10.0.0.2:4000",
    };

    public int Count;

    public RelayAgent(AgentContext context)
        : base(context)
    {
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        ListenLines("requests", async (line, token) => await RelayAsync(line, token) ?? string.Empty, EndpointOptions.WithoutLimits(new(IPAddress.Loopback, 4100)), newLine: Environment.NewLine);
        return ValueTask.CompletedTask;
    }

    // asks the one that the line names
    private async Task<string> RelayAsync(string line, CancellationToken token)
    {
        var parts = line.Split(':', 2);
        if (parts.Length != 2 || !_routes.ContainsKey(parts[0]))
            return "?";
        var route = await FindAgentAsync(parts[0], token);
        Interlocked.Increment(ref Count);
        using var client = new TcpClient { SendTimeout = 500, ReceiveTimeout = 500 };
        client.Connect(route.Address, route.Port);
        var bytes = Encoding.UTF8.GetBytes(parts[1] + "\n");
        client.GetStream().Write(bytes, 0, bytes.Length);
        return Read(client);
    }

    private static string Read(TcpClient client) => new StreamReader(client.GetStream()).ReadLine();

    // AGENTLIFT AGL1006: whoever enters itself in the directory by its name in _routes is asked there, the others where the setting Routes:NAME or the table says; see that the names agree.
    private async Task<IPEndPoint> FindAgentAsync(string agent, CancellationToken cancellationToken)
    {
        var address = await Context.Directory.FindAddressAsync(agent, endpoint: null, cancellationToken) ?? Context.Setting($"Routes:{agent}", _routes[agent]);
        return await AgentAddress.Parse(address).ResolveAsync(cancellationToken);
    }
}
