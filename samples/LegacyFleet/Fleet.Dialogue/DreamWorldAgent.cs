using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Fleet.Shared;

namespace Fleet.Dialogue;

/// <summary>A landscape that little wanderers cross while nobody asks anything. Their paths become bedtime stories.</summary>
public class DreamWorldAgent
{
    private static readonly Terrain World;
    private static readonly int Size;

    private readonly TcpListener listener;
    private readonly Timer drift;
    private double mood;
    private bool open;

    static DreamWorldAgent()
    {
        World = new Terrain("data/terrain.bin");
        Size = World.Size;
    }

    public DreamWorldAgent(int port = 5614)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        drift = new Timer(Drift);
    }

    public void Start()
    {
        open = true;
        listener.Start();
        drift.Change(500, 500);
        Accept();
        Console.WriteLine("dream world of " + Size + " x " + Size + " is open");
    }

    public void Stop()
    {
        open = false;
        drift.Dispose();
        listener.Stop();
        Console.WriteLine("dream world closed, mood " + mood.ToString("F2"));
    }

    private async void Accept()
    {
        while (open)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception)
            {
                return;
            }

            Dream(client);
        }
    }

    private async void Dream(TcpClient client)
    {
        try
        {
            using var _ = client;
            using var reader = new StreamReader(client.GetStream());
            using var writer = new StreamWriter(client.GetStream()) { NewLine = "\n" };
            while (await reader.ReadLineAsync() is { } line)
            {
                await writer.WriteLineAsync(Answer(line));
                await writer.FlushAsync();
            }
        }
        catch (IOException)
        {
        }
    }

    private static string Answer(string line)
    {
        try
        {
            using var doc = JsonDocument.Parse(line);
            var q = doc.RootElement;
            switch (q.GetProperty("cmd").GetString())
            {
                case "health":
                    return JsonSerializer.Serialize(new { ok = World.Size > 0, agent = "dream-world" });
                case "dream":
                    return Walk(q.GetProperty("theme").GetString(), Math.Clamp(q.GetProperty("steps").GetInt32(), 1, 5000));
                case "height":
                    var (x, y) = (q.GetProperty("x").GetInt32(), q.GetProperty("y").GetInt32());
                    return JsonSerializer.Serialize(new { ok = true, x, y, height = Math.Round(World.At(x, y), 4) });
                default:
                    return "{\"ok\":false,\"error\":\"unknown command\"}";
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "{\"ok\":false,\"error\":\"bad request\"}";
        }
    }

    // downhill mostly, sideways when bored; the theme is the seed
    private static string Walk(string theme, int steps)
    {
        var seed = Vec.Hash(theme);
        int x = (int)(seed % (uint)Size), y = (int)(seed / 7 % (uint)Size);
        var start = new[] { x, y };
        float climbed = 0, fell = 0;
        var story = new List<string>();
        var last = "";
        for (var i = 0; i < steps; i++)
        {
            seed = (seed * 1664525) + 1013904223;
            var bored = seed >> 24 < 60;
            int bx = x, by = y;
            var best = float.MaxValue;
            for (var d = 0; d < 4; d++)
            {
                var nx = x + (d == 0 ? 1 : d == 1 ? -1 : 0);
                var ny = y + (d == 2 ? 1 : d == 3 ? -1 : 0);
                var h = bored ? ((seed >> (d * 4)) & 15) : World.At(nx, ny);
                if (h < best)
                    (best, bx, by) = (h, nx, ny);
            }

            var change = World.At(bx, by) - World.At(x, y);
            climbed += Math.Max(0, change);
            fell += Math.Max(0, -change);
            (x, y) = (World.Wrap(bx), World.Wrap(by));
            var place = Place(World.At(x, y));
            if (place != last)
            {
                if (story.Count < 8)
                    story.Add(place);
                last = place;
            }
        }

        return JsonSerializer.Serialize(new { ok = true, theme, start, end = new[] { x, y }, climbed = Math.Round(climbed, 3), fell = Math.Round(fell, 3), story });
    }

    private static string Place(float height) => height switch
    {
        < -0.5f => "sea",
        < -0.05f => "marsh",
        < 0.05f => "plain",
        < 0.6f => "hill",
        _ => "peak",
    };

    private void Drift(object state)
    {
        mood = (0.98 * mood) + 0.01;
        if (mood > 0.49)
            mood = -0.4;
    }
}

/// <summary>A height map that wraps around at its edges.</summary>
public class Terrain
{
    private readonly float[] heights;

    public Terrain(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        Size = reader.ReadInt32();
        heights = new float[Size * Size];
        for (var i = 0; i < heights.Length; i++)
            heights[i] = reader.ReadSingle();
    }

    public int Size { get; }

    public int Wrap(int v) => ((v % Size) + Size) % Size;

    public float At(int x, int y) => heights[(Wrap(y) * Size) + Wrap(x)];
}
