using System.Net.Sockets;

namespace Fleet;

public class RouteAgent
{
	private static readonly IReadOnlyDictionary<string, (string Host, int Port)> Routes = new Dictionary<string, (string Host, int Port)>
	{
		{ "east", ("hub-east.example", 9000) },
		{ "west", ("hub-west.example", 9000) },
	};

	private static readonly string[] Peers = { "10.0.0.5:5601", "10.0.0.6:5601" };

	private readonly Dictionary<string, string> _serverUrls = new() { ["east"] = "http://hub-east.example:9100", ["west"] = "http://hub-west.example:9100" };

	private Timer _timer;

	public int Answered { get; private set; }

	public void Start() => _timer = new Timer(_ => Ask(), null, 0, 5000);

	public void Stop() => _timer.Dispose();

	private void Ask()
	{
		foreach (var region in Routes.Keys)
		{
			var route = Routes[region];
			using var client = new TcpClient(route.Host, route.Port) { ReceiveTimeout = 1000, SendTimeout = 1000 };
			using var http = new System.Net.Http.HttpClient { BaseAddress = new Uri(_serverUrls[region]) };
			Answered += Peers.Length;
		}
	}
}
