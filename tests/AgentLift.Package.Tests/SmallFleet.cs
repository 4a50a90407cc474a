namespace AgentLift.Package.Tests;

/// <summary>Three agents of different risk that need nothing but .NET: partial, held by others, named in a manifest.</summary>
internal static class SmallFleet
{
    public const int Agents = 3;

    public const string Manifest = """
        {
          "machines": ["atlas"],
          "agents": [
            { "name": "relay", "type": "RelayAgent", "machine": "atlas", "port": 5701, "criticality": "core" },
            { "name": "clock", "type": "ClockAgent", "machine": "atlas", "dependsOn": ["relay"] },
            { "name": "counter", "type": "CounterAgent", "machine": "atlas", "dependsOn": ["relay"] }
          ]
        }
        """;

    private const string Relay = """
        using System.Net;
        using System.Net.Sockets;
        using System.Text.Json;

        public partial class RelayAgent
        {
            private readonly Dictionary<string, float[]> _table = JsonSerializer.Deserialize<Dictionary<string, float[]>>(File.ReadAllText("table.json"))!;
            private readonly List<string> _seen = new();
            private TcpListener? _listener;
            private bool _running;

            public void Start()
            {
                _running = true;
                _listener = new TcpListener(IPAddress.Loopback, 5701);
                _listener.Start();
                new Thread(AcceptLoop).Start();
                new Thread(Sweep) { IsBackground = true }.Start();
                Console.WriteLine("relay up");
            }

            public void Stop() => _running = false;
        }
        """;

    private const string RelayLoops = """
        public partial class RelayAgent
        {
            private void AcceptLoop()
            {
                while (_running)
                {
                    var client = _listener!.AcceptTcpClient();
                    ThreadPool.QueueUserWorkItem(_ => { _seen.Add(client.Client.RemoteEndPoint!.ToString()!); client.Dispose(); });
                }
            }

            private void Sweep()
            {
                while (_running)
                {
                    if (_seen.Count > _table.Count)
                        _seen.Clear();
                    Thread.Sleep(1000);
                }
            }
        }
        """;

    private const string Clock = """
        public class ClockAgent
        {
            private readonly RelayAgent _relay;
            private readonly Timer _timer;

            public ClockAgent(RelayAgent relay)
            {
                _relay = relay;
                _timer = new Timer(_ => Tick(), null, 0, 1000);
            }

            public bool HealthCheck() => _relay is not null;

            private void Tick() => Console.WriteLine(Environment.GetEnvironmentVariable("CLOCK_ZONE") ?? "utc");
        }
        """;

    private const string Counter = """
        public class CounterAgent
        {
            private int _count;

            public void Run()
            {
                while (true)
                {
                    _count++;
                    Thread.Sleep(10);
                }
            }
        }
        """;

    private const string Entry = """
        public static class Entry
        {
            public static void Main() => new RelayAgent().Start();
        }
        """;

    public static IReadOnlyList<(string Path, string Text)> Files { get; } =
    [
        ("RelayAgent.cs", Relay), ("RelayAgent.Loops.cs", RelayLoops), ("ClockAgent.cs", Clock), ("CounterAgent.cs", Counter), ("Entry.cs", Entry),
    ];
}
