using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TorchSharp;

namespace Fleet.Models;

/// <summary>Says which models should be on which card. Written the weekend before the fair.</summary>
public class VramOptimizerService
{
    const int PORT = 5602;
    const string MANAGER = "127.0.0.1";

    public int Port = PORT;

    private readonly torch.jit.ScriptModule reference;
    private readonly torch.Device device;
    private readonly double bytesPerWeight;
    private TcpListener tcp;
    private Thread accept, poll;
    private bool stop;
    private double gpuMemoryUsed;
    private double vramPressure;

    [DllImport("libnvidia-ml.so.1", EntryPoint = "nvmlInit_v2")]
    private static extern int NvmlInit();

    public VramOptimizerService()
    {
        // load one model we know and see what a weight really costs
        var before = Process.GetCurrentProcess().WorkingSet64;
        device = torch.cuda.is_available() ? torch.device("cuda:0") : torch.CPU;
        reference = torch.jit.load("data/denoise.pt", device);
        bytesPerWeight = reference.parameter_bytes() / (64.0 * 65536);
        Console.WriteLine("vram: reference took " + (Process.GetCurrentProcess().WorkingSet64 - before) / 1048576 + " MB, " + bytesPerWeight + " bytes a weight");
        try
        {
            Console.WriteLine("vram: nvml says " + NvmlInit());
        }
        catch (DllNotFoundException)
        {
            Console.WriteLine("vram: no nvml, planning on paper");
        }
    }

    public void Start()
    {
        tcp = new TcpListener(IPAddress.Loopback, Port);
        tcp.Start();
        accept = new Thread(() =>
        {
            while (true)
            {
                TcpClient c;
                try { c = tcp.AcceptTcpClient(); }
                catch { return; }
                new Thread(() => Talk(c)) { IsBackground = true }.Start();
            }
        });
        accept.IsBackground = true;
        accept.Start();
        poll = new Thread(Poll);
        poll.IsBackground = true;
        poll.Start();
        Console.WriteLine("vram: port " + Port);
    }

    public void Stop()
    {
        stop = true;
        tcp.Stop();
        accept.Join();
        reference.Dispose();
    }

    void Poll()
    {
        int rounds = 0;
        while (!stop)
        {
            Thread.Sleep(500);
            if (++rounds % 20 != 0)
                continue;
            ReadCard();
            if (vramPressure > 0.9)
            {
                GC.Collect(2, GCCollectionMode.Forced, true);
                AskManagerToUnload();
            }
        }
    }

    void ReadCard()
    {
        if (!File.Exists("/usr/bin/nvidia-smi"))
            return;
        var p = Process.Start(new ProcessStartInfo { FileName = "nvidia-smi", Arguments = "--query-gpu=memory.used,memory.total --format=csv,noheader,nounits", RedirectStandardOutput = true });
        var s = p.StandardOutput.ReadToEnd().Split('\n')[0].Split(',');
        p.WaitForExit();
        if (s.Length < 2)
            return;
        gpuMemoryUsed = 0.5 * gpuMemoryUsed + 0.5 * double.Parse(s[0]);
        vramPressure = gpuMemoryUsed / double.Parse(s[1]);
    }

    void AskManagerToUnload()
    {
        try
        {
            var c = new TcpClient(MANAGER, 5601);
            var s = c.GetStream();
            s.Write(Encoding.ASCII.GetBytes("{\"cmd\":\"unload\",\"model\":\"rerank\"}\n"));
            Console.WriteLine("vram: manager answered " + new StreamReader(s).ReadLine());
        }
        catch (Exception e) { Console.WriteLine("vram: " + e.Message); }
    }

    void Talk(TcpClient c)
    {
        try
        {
            var r = new StreamReader(c.GetStream());
            var w = new StreamWriter(c.GetStream()) { AutoFlush = true, NewLine = "\n" };
            for (; ; )
            {
                var l = r.ReadLine();
                if (l == null)
                    break;
                w.WriteLine(Answer(l));
            }
        }
        catch (IOException) { }
        c.Dispose();
    }

    string Answer(string l)
    {
        try
        {
            var q = JsonDocument.Parse(l).RootElement;
            var cmd = q.GetProperty("cmd").GetString();
            if (cmd == "health")
                return "{\"ok\":true,\"agent\":\"vram-optimizer\"}";
            if (cmd == "estimate")
                return JsonSerializer.Serialize(new { ok = true, mb = Math.Ceiling(q.GetProperty("weights").GetDouble() * bytesPerWeight * 1.1 / 1048576) });
            if (cmd == "plan")
                return Plan(q);
            if (cmd == "defrag")
                return Defrag(q.GetProperty("blocks").EnumerateArray().Select(b => b.GetInt32()).ToArray());
            return "{\"ok\":false,\"error\":\"?\"}";
        }
        catch (Exception e) when (e is JsonException || e is KeyNotFoundException || e is InvalidOperationException)
        {
            return "{\"ok\":false,\"error\":\"bad request\"}";
        }
    }

    // best value for the memory: knapsack over 64 MB units, one card after the other
    string Plan(JsonElement q)
    {
        var left = q.GetProperty("models").EnumerateArray()
            .Select(m => (Name: m.GetProperty("name").GetString(), Units: (m.GetProperty("mb").GetInt32() + 63) / 64, Value: m.GetProperty("value").GetInt32())).ToList();
        var cards = new List<object>();
        foreach (var mb in q.GetProperty("cards").EnumerateArray().Select(c => c.GetInt32()))
        {
            var cap = mb / 64;
            var best = new int[left.Count + 1, cap + 1];
            for (int i = 1; i <= left.Count; i++)
                for (int u = 0; u <= cap; u++)
                {
                    best[i, u] = best[i - 1, u];
                    if (left[i - 1].Units <= u)
                        best[i, u] = Math.Max(best[i, u], best[i - 1, u - left[i - 1].Units] + left[i - 1].Value);
                }

            var chosen = new List<string>();
            var rest = cap;
            for (int i = left.Count; i > 0; i--)
            {
                if (best[i, rest] == best[i - 1, rest])
                    continue;
                chosen.Insert(0, left[i - 1].Name);
                rest -= left[i - 1].Units;
            }

            left.RemoveAll(m => chosen.Contains(m.Name));
            cards.Add(new { mb, models = chosen, freeMb = mb - (cap - rest) * 64 });
        }

        return JsonSerializer.Serialize(new { ok = true, cards, left = left.Select(m => m.Name) });
    }

    // positive block = used, negative = hole; how many MB must move to make one hole
    static string Defrag(int[] blocks)
    {
        int moved = 0, hole = 0, largest = 0;
        foreach (var b in blocks)
        {
            if (b < 0)
            {
                hole -= b;
                largest = Math.Max(largest, -b);
            }
            else if (hole > 0)
                moved += b;
        }

        return JsonSerializer.Serialize(new { ok = true, moved, before = largest, after = hole });
    }
}
