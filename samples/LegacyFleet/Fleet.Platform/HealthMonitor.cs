using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Fleet.Platform;

/// <summary>Collects heartbeats by UDP and knocks on everybody's door now and then.</summary>
public class HealthMonitor
{
    private readonly IPEndPoint[] _peers =
    {
        new IPEndPoint(IPAddress.Loopback, 5600),
        new IPEndPoint(IPAddress.Loopback, 5601),
        new IPEndPoint(IPAddress.Loopback, 5611),
    };

    private readonly Dictionary<string, Beat> _beats = new Dictionary<string, Beat>();
    private readonly System.Timers.Timer _probe;
    private readonly double _loadWarning;
    private readonly int _lateAfter;
    private UdpClient _udp;
    private Thread _receiver;
    private bool _alive;
    private int _round;

    public int Port { get; set; }

    public HealthMonitor()
    {
        var config = JsonDocument.Parse(File.ReadAllText("config/monitor.json")).RootElement;
        Port = config.GetProperty("port").GetInt32();
        _loadWarning = config.GetProperty("loadWarning").GetDouble();
        _lateAfter = config.GetProperty("lateAfter").GetInt32();
        _probe = new System.Timers.Timer(config.GetProperty("probeSeconds").GetInt32() * 1000);
        _probe.Elapsed += (s, e) => Probe();
    }

    public void Start()
    {
        _alive = true;
        _udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, Port));
        _receiver = new Thread(Receive);
        _receiver.IsBackground = true;
        _receiver.Start();
        _probe.Start();
        Console.WriteLine("[monitor] receiving on udp " + Port);
    }

    public void Stop()
    {
        _alive = false;
        _probe.Stop();
        _udp.Close();
        _receiver.Join();
    }

    private void Receive()
    {
        var from = new IPEndPoint(IPAddress.Any, 0);
        while (_alive)
        {
            try
            {
                var datagram = _udp.Receive(ref from);
                var answer = Handle(Encoding.UTF8.GetString(datagram));
                if (answer == null)
                    continue;
                var bytes = Encoding.UTF8.GetBytes(answer + "\n");
                _udp.Send(bytes, bytes.Length, from);
            }
            catch (SocketException)
            {
                // windows says "connection reset" when a client has gone; and Close lands here too
            }
            catch (ObjectDisposedException)
            {
                break;
            }
        }
    }

    private string Handle(string text)
    {
        try
        {
            var q = JsonDocument.Parse(text).RootElement;
            var name = q.TryGetProperty("name", out var n) ? n.GetString() : null;
            lock (_beats)
            {
                switch (q.GetProperty("cmd").GetString())
                {
                    case "health":
                        return "{\"ok\":true,\"agent\":\"health-monitor\"}";
                    case "beat":
                        if (!_beats.TryGetValue(name, out var beat))
                            _beats[name] = beat = new Beat();
                        beat.Count++;
                        beat.Round = _round;
                        if (q.TryGetProperty("load", out var load))
                        {
                            beat.Load = load.GetDouble();
                            beat.Worst = Math.Max(beat.Worst, beat.Load);
                        }

                        if (q.TryGetProperty("quiet", out _))
                            return null;
                        return JsonSerializer.Serialize(new { ok = true, name, beats = beat.Count });
                    case "status":
                        if (!_beats.TryGetValue(name, out var b))
                            return JsonSerializer.Serialize(new { ok = false, name, state = "never seen" });
                        return JsonSerializer.Serialize(new { ok = true, name, state = b.Load > _loadWarning ? "overloaded" : "fine", beats = b.Count, worst = b.Worst });
                    case "grade":
                        return Grade(q.GetProperty("loads").EnumerateArray().Select(x => x.GetDouble()).ToArray());
                    default:
                        return "{\"ok\":false,\"error\":\"unknown command\"}";
                }
            }
        }
        catch (Exception)
        {
            return "{\"ok\":false,\"error\":\"bad request\"}";
        }
    }

    // exponentially weighted, the newest counts most
    private string Grade(double[] loads)
    {
        double level = 0, trend = 0;
        foreach (var load in loads)
        {
            var before = level;
            level = (0.4 * load) + (0.6 * (level + trend));
            trend = (0.3 * (level - before)) + (0.7 * trend);
        }

        var grade = level > _loadWarning ? "red" : level + (3 * trend) > _loadWarning ? "amber" : "green";
        return JsonSerializer.Serialize(new { ok = true, grade, level = Math.Round(level, 3), trend = Math.Round(trend, 3) });
    }

    private void Probe()
    {
        _round++;
        foreach (var peer in _peers)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(peer);
                var stream = client.GetStream();
                stream.Write(Encoding.UTF8.GetBytes("{\"cmd\":\"health\"}\n"));
                var answer = new StreamReader(stream).ReadLine();
                if (answer == null || !answer.Contains("\"ok\":true"))
                    Console.WriteLine("[monitor] " + peer + " is not well: " + answer);
            }
            catch (SocketException)
            {
                Console.WriteLine("[monitor] nobody at " + peer);
            }
        }

        try
        {
            var page = new HttpClient().GetStringAsync("http://127.0.0.1:5680/health").Result;
            if (!page.Contains("up"))
                Console.WriteLine("[monitor] registry page: " + page);
        }
        catch (AggregateException e)
        {
            Console.WriteLine("[monitor] registry page: " + e.InnerException.Message);
        }

        lock (_beats)
        {
            foreach (var late in _beats.Where(b => _round - b.Value.Round > _lateAfter))
                Console.WriteLine("[monitor] " + late.Key + " is late");
        }
    }

    private sealed class Beat
    {
        public int Count;
        public int Round;
        public double Load;
        public double Worst;
    }
}
