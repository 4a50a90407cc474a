using System.Net.Sockets;
using AgentLift.Runtime;

namespace Fleet;

[LiftedAgent(MigrationStage.CoreLogic, ToolVersion = "0.1.0")]
public partial class RouteAgent : BaseAgent
{
	private static readonly IReadOnlyDictionary<string, string> Routes = new Dictionary<string, string>
	{
		{ "east", "hub-east.example:9000" },
		{ "west", "hub-west.example:9000" },
	};

	private static readonly string[] Peers = { "10.0.0.5:5601", "10.0.0.6:5601" };

	private readonly Dictionary<string, string> _serverUrls = new() { ["east"] = "http://hub-east.example:9100", ["west"] = "http://hub-west.example:9100" };

	public int Answered { get; private set; }

	public RouteAgent(AgentContext context)
		: base(context)
	{
	}

	protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
	{
		RunPeriodically("ask", TimeSpan.FromSeconds(5), AskAsync);
		return ValueTask.CompletedTask;
	}

	private async Task AskAsync(CancellationToken token)
	{
		foreach (var region in Routes.Keys)
		{
			var route = await FindRouteAsync(region, token);
			using var client = new TcpClient(route.Host, route.Port) { ReceiveTimeout = 1000, SendTimeout = 1000 };
			using var http = new System.Net.Http.HttpClient { BaseAddress = new Uri(await FindServerUrlAsync(region, token)) };
			Answered += Peers.Length;
		}
	}

	// AGENTLIFT AGL1006: whoever enters itself in the directory by its name in Routes is asked there, the others where the setting Routes:NAME or the table says; see that the names agree.
	private async Task<(string Host, int Port)> FindRouteAsync(string agent, CancellationToken cancellationToken)
	{
		var address = await Context.Directory.FindAddressAsync(agent, endpoint: null, cancellationToken) ?? Context.Setting($"Routes:{agent}", Routes[agent]);
		var (host, port) = AgentAddress.Parse(address);
		return (host, port);
	}

	// AGENTLIFT AGL1006: whoever enters itself in the directory by its name in _serverUrls is asked there, the others where the setting ServerUrls:NAME or the table says; see that the names agree.
	private async Task<string> FindServerUrlAsync(string agent, CancellationToken cancellationToken) =>
		await Context.Directory.FindAddressAsync(agent, endpoint: null, cancellationToken) is { } entered ? $"http://{entered}" : Context.Setting($"ServerUrls:{agent}", _serverUrls[agent]);
}
