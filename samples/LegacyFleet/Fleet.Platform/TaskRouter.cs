using System.Net.Sockets;
using System.Text.Json;
using Fleet.Shared;
using NetMQ;
using NetMQ.Sockets;

namespace Fleet.Platform;

public class TaskRouter
{
    // TODO ask the registry instead. It was down on demo day so the table is here now.
    private static readonly Dictionary<string, string> AgentEndpoints = new Dictionary<string, string>
    {
        ["tutor"] = "127.0.0.1:5611",
        ["tiered-responder"] = "127.0.0.1:5612",
        ["memory-reasoning"] = "127.0.0.1:5613",
        ["dream-world"] = "127.0.0.1:5614",
        ["face-recognition"] = "127.0.0.1:5603",
        ["streaming-speech"] = "127.0.0.1:5605",
        ["async-processor"] = "127.0.0.1:5621",
    };

    public int Port = 5622;

    private readonly List<Rule> _rules = new List<Rule>();
    private readonly Dictionary<string, int> _sent = new Dictionary<string, int>();
    private ResponseSocket _socket;
    private Task _pump;
    private bool _running;
    private string _default;

    public TaskRouter()
    {
        ReadRules();
    }

    private void ReadRules()
    {
        var doc = JsonDocument.Parse(File.ReadAllText("config/routes.json"));
        _default = doc.RootElement.GetProperty("default").GetString();
        foreach (var r in doc.RootElement.GetProperty("rules").EnumerateArray())
        {
            _rules.Add(new Rule
            {
                Agent = r.GetProperty("agent").GetString(),
                Words = r.GetProperty("words").EnumerateArray().Select(w => w.GetString()).ToHashSet(),
                Weight = r.GetProperty("weight").GetInt32(),
            });
        }
    }

    public void Start()
    {
        _running = true;
        _socket = new ResponseSocket();
        _socket.Bind("tcp://127.0.0.1:" + Port);
        _pump = Task.Factory.StartNew(Pump, TaskCreationOptions.LongRunning);
        Console.WriteLine("[router] {0} rules, listening on {1}", _rules.Count, Port);
    }

    private void Pump()
    {
        while (_running)
        {
            if (!_socket.TryReceiveFrameString(TimeSpan.FromMilliseconds(250), out var frame))
                continue;
            string answer;
            try
            {
                answer = Route(frame);
            }
            catch (Exception e)
            {
                Console.Error.WriteLine("[router] " + e.Message);
                answer = "{\"ok\":false,\"error\":\"bad request\"}";
            }

            _socket.SendFrame(answer);
        }
    }

    private string Route(string frame)
    {
        using var doc = JsonDocument.Parse(frame);
        var q = doc.RootElement;
        var cmd = q.GetProperty("cmd").GetString();
        if (cmd == "health")
            return JsonSerializer.Serialize(new { ok = true, agent = "task-router", rules = _rules.Count });
        if (cmd == "route")
        {
            var (agent, score) = Choose(q.GetProperty("task").GetString());
            _sent[agent] = _sent.GetValueOrDefault(agent) + 1;
            return JsonSerializer.Serialize(new { ok = true, agent, score, endpoint = AgentEndpoints[agent], nth = _sent[agent] });
        }

        if (cmd == "forward")
        {
            var agent = q.TryGetProperty("agent", out var a) ? a.GetString() : Choose(q.GetProperty("task").GetString()).Agent;
            return Forward(agent, q.GetProperty("message").GetRawText());
        }

        if (cmd == "counts")
            return JsonSerializer.Serialize(new { ok = true, counts = _sent.OrderBy(x => x.Key, StringComparer.Ordinal).ToDictionary(x => x.Key, x => x.Value) });
        return JsonSerializer.Serialize(new { ok = false, error = "unknown command", cmd });
    }

    private (string Agent, int Score) Choose(string task)
    {
        var words = Vec.Words(task);
        var best = _default;
        var bestScore = 0;
        foreach (var rule in _rules)
        {
            var score = words.Count(rule.Words.Contains) * rule.Weight;
            if (score > bestScore)
            {
                best = rule.Agent;
                bestScore = score;
            }
        }

        return (best, bestScore);
    }

    private string Forward(string agent, string message)
    {
        if (!AgentEndpoints.TryGetValue(agent, out var endpoint))
            return JsonSerializer.Serialize(new { ok = false, error = "no route", agent });
        var parts = endpoint.Split(':');
        try
        {
            using var client = new TcpClient();
            client.Connect(parts[0], int.Parse(parts[1]));
            var w = new StreamWriter(client.GetStream()) { AutoFlush = true };
            var r = new StreamReader(client.GetStream());
            w.WriteLine(message);
            return r.ReadLine() ?? "{\"ok\":false,\"error\":\"closed\"}";
        }
        catch (SocketException)
        {
            return JsonSerializer.Serialize(new { ok = false, error = "agent is away", agent });
        }
    }

    public void Stop()
    {
        _running = false;
        _pump.Wait(2000);
        _socket.Close();
        Console.WriteLine("[router] stopped");
    }

    private class Rule
    {
        public string Agent;
        public HashSet<string> Words;
        public int Weight;
    }
}
