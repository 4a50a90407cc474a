using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Fleet.Platform;

/// <summary>The twin of the test hall's water tank: one node, heater in, losses and flow out.</summary>
public class DigitalTwinAgent
{
    private const double Volume = 0.12;      // m3
    private const double Area = 1.4;         // m2
    private const double Ambient = 293.15;   // K

    private readonly TankCalibration calibration = TankCalibration.Load("data/calibration.csv");
    private readonly SqliteConnection db = new SqliteConnection("Data Source=data/twin.db");
    private readonly CancellationTokenSource stop = new CancellationTokenSource();
    private readonly object gate = new object();

    private UdpClient udp;
    private double temperature = Ambient;
    private double seconds;
    private int steps;

    public int Port = 5624;

    public DigitalTwinAgent()
    {
        SQLitePCL.Batteries_V2.Init();
        db.Open();
        using var create = db.CreateCommand();
        create.CommandText = "create table if not exists snapshot (id integer primary key, steps integer, kelvin real)";
        create.ExecuteNonQuery();
    }

    public void Start()
    {
        udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, Port));
        ReceiveAsync();
        SnapshotAsync();
        Console.WriteLine($"[twin] udp {Port}, {calibration.Count} calibration points");
    }

    public void Stop()
    {
        stop.Cancel();
        udp.Dispose();
        lock (gate)
            db.Dispose();
    }

    private async void ReceiveAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            UdpReceiveResult packet;
            try
            {
                packet = await udp.ReceiveAsync();
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                continue;
            }

            var answer = Encoding.UTF8.GetBytes(Answer(Encoding.UTF8.GetString(packet.Buffer)) + "\n");
            udp.Send(answer, answer.Length, packet.RemoteEndPoint);
        }
    }

    private async void SnapshotAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(3));
        var last = -1;
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                lock (gate)
                {
                    if (steps == last)
                        continue;
                    last = steps;
                    using var insert = db.CreateCommand();
                    insert.CommandText = "insert into snapshot (steps, kelvin) values ($s, $k)";
                    insert.Parameters.AddWithValue("$s", steps);
                    insert.Parameters.AddWithValue("$k", temperature);
                    insert.ExecuteNonQuery();
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private string Answer(string line)
    {
        try
        {
            using var doc = JsonDocument.Parse(line);
            var q = doc.RootElement;
            lock (gate)
            {
                switch (q.GetProperty("cmd").GetString())
                {
                    case "health":
                        return Health();
                    case "telemetry":
                        var dt = Number(q, "dt", 1);
                        temperature = Integrate(temperature, Number(q, "power", 0), Number(q, "flow", 0), dt);
                        seconds += dt;
                        steps++;
                        return State();
                    case "predict":
                        var t = Integrate(temperature, Number(q, "power", 0), Number(q, "flow", 0), Number(q, "seconds", 60));
                        return JsonSerializer.Serialize(new { ok = true, celsius = Math.Round(t - 273.15, 3) });
                    case "state":
                        return State();
                    case "reset":
                        temperature = Ambient;
                        seconds = 0;
                        steps = 0;
                        return State();
                    default:
                        return "{\"ok\":false,\"error\":\"unknown command\"}";
                }
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "{\"ok\":false,\"error\":\"bad request\"}";
        }
    }

    private string Health() => JsonSerializer.Serialize(new { ok = calibration.Count > 0, agent = "digital-twin", points = calibration.Count });

    private string State() => JsonSerializer.Serialize(new { ok = true, steps, seconds = Math.Round(seconds, 3), celsius = Math.Round(temperature - 273.15, 3) });

    // Heun's method, at most a second a step
    private double Integrate(double t, double power, double flow, double time)
    {
        var n = Math.Clamp((int)Math.Ceiling(time), 1, 100000);
        var h = time / n;
        for (var i = 0; i < n; i++)
        {
            var k1 = Rate(t, power, flow);
            var k2 = Rate(t + (h * k1), power, flow);
            t += h * (k1 + k2) / 2;
        }

        return t;
    }

    private double Rate(double t, double power, double flow)
    {
        var c = calibration.At(t);
        var mass = Volume * 998;
        var loss = (c.Conductivity * Area * 12 * (t - Ambient)) + (c.Loss * 50);
        return (power - loss - (flow * c.Capacity * (t - 288.15))) / (mass * c.Capacity);
    }

    private static double Number(JsonElement q, string name, double otherwise) => q.TryGetProperty(name, out var v) ? v.GetDouble() : otherwise;
}

/// <summary>Water's properties by temperature, measured in steps of a thousandth of a kelvin.</summary>
public sealed class TankCalibration
{
    private readonly List<Point> points = new List<Point>();

    public int Count => points.Count;

    public static TankCalibration Load(string path)
    {
        var table = new TankCalibration();
        foreach (var row in File.ReadAllLines(path).Skip(1))
        {
            var cells = row.Split(',');
            table.points.Add(new Point
            {
                Kelvin = double.Parse(cells[0], CultureInfo.InvariantCulture),
                Conductivity = double.Parse(cells[1], CultureInfo.InvariantCulture),
                Capacity = double.Parse(cells[2], CultureInfo.InvariantCulture),
                Loss = double.Parse(cells[3], CultureInfo.InvariantCulture),
            });
        }

        return table;
    }

    public Point At(double kelvin)
    {
        int low = 0, high = points.Count - 1;
        while (low < high)
        {
            var mid = (low + high) / 2;
            if (points[mid].Kelvin < kelvin)
                low = mid + 1;
            else
                high = mid;
        }

        return points[low];
    }

    public class Point
    {
        public double Kelvin;
        public double Conductivity;
        public double Capacity;
        public double Loss;
    }
}
