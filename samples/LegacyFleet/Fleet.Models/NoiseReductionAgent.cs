using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Fleet.Shared;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;

namespace Fleet.Models;

/// <summary>Spectral subtraction, frame by frame. UDP because audio does not wait.</summary>
public class NoiseReductionAgent
{
    private const int Frame = 64;
    private static readonly NoiseProfiles Profiles;
    private static readonly torch.jit.ScriptModule Denoiser;

    private readonly InferenceSession _vad = new InferenceSession("data/vad.onnx");
    private readonly System.Timers.Timer _statistics = new System.Timers.Timer(15000);
    private Socket _socket;
    private Thread _thread;
    private volatile bool _running;
    private long _frames;

    public int Port = 5604;

    static NoiseReductionAgent()
    {
        Profiles = new NoiseProfiles("data/noise-profiles.bin");
        Denoiser = torch.jit.load("data/denoise.pt");
    }

    public NoiseReductionAgent()
    {
        if (Environment.GetEnvironmentVariable("NOISE_PORT") is { Length: > 0 } port)
            Port = int.Parse(port);
        _statistics.Elapsed += (s, e) => Console.WriteLine("[noise] " + Interlocked.Read(ref _frames) + " frames so far");
    }

    public void Start()
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        _running = true;
        _thread = new Thread(Listen) { Name = "noise", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
        _statistics.Start();
        Console.WriteLine("[noise] udp " + Port);
    }

    public void Stop()
    {
        _running = false;
        _statistics.Dispose();
        _socket.Close();
        _thread.Join();
        _vad.Dispose();
    }

    private void Listen()
    {
        var buffer = new byte[65536];
        while (_running)
        {
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            try
            {
                var n = _socket.ReceiveFrom(buffer, ref from);
                var answer = Answer(Encoding.UTF8.GetString(buffer, 0, n));
                _socket.SendTo(Encoding.UTF8.GetBytes(answer + "\n"), from);
            }
            catch (SocketException e)
            {
                if (_running)
                    Console.WriteLine("[noise] " + e.SocketErrorCode);
            }
            catch (ObjectDisposedException)
            {
            }
        }
    }

    private string Answer(string text)
    {
        try
        {
            using var doc = JsonDocument.Parse(text);
            var q = doc.RootElement;
            switch (q.GetProperty("cmd").GetString())
            {
                case "health":
                    return JsonSerializer.Serialize(new { ok = true, agent = "noise-reduction", profiles = Profiles.Names });
                case "reduce":
                    var samples = q.GetProperty("samples").EnumerateArray().Select(s => s.GetSingle()).ToArray();
                    var profile = Profiles.Get(q.TryGetProperty("profile", out var p) ? p.GetString() : "office");
                    var strength = q.TryGetProperty("strength", out var s) ? s.GetDouble() : 1;
                    return Reduce(samples, profile, strength);
                case "floor":
                    return JsonSerializer.Serialize(new { ok = true, floor = Profiles.Get(q.GetProperty("profile").GetString()).Take(6).Select(v => Math.Round(v, 5)) });
                default:
                    return "{\"ok\":false,\"error\":\"unknown command\"}";
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "{\"ok\":false,\"error\":\"bad request\"}";
        }
    }

    private string Reduce(float[] samples, double[] floor, double strength)
    {
        var clean = new double[samples.Length];
        double before = 0, after = 0;
        for (var start = 0; start < samples.Length; start += Frame)
        {
            Interlocked.Increment(ref _frames);
            var n = Math.Min(Frame, samples.Length - start);
            var re = new double[Frame];
            var im = new double[Frame];
            for (var i = 0; i < n; i++)
                re[i] = samples[start + i];
            Fft(re, im, false);
            for (var k = 0; k < Frame; k++)
            {
                var bin = k <= Frame / 2 ? k : Frame - k;
                var magnitude = Math.Sqrt((re[k] * re[k]) + (im[k] * im[k]));
                var kept = Math.Max(0.05 * magnitude, magnitude - (strength * floor[bin] * Frame));
                var gain = magnitude < 1e-12 ? 0 : kept / magnitude;
                re[k] *= gain;
                im[k] *= gain;
            }

            Fft(re, im, true);
            for (var i = 0; i < n; i++)
            {
                clean[start + i] = re[i];
                before += samples[start + i] * samples[start + i];
                after += re[i] * re[i];
            }
        }

        var gainDb = before < 1e-12 ? 0 : 10 * Math.Log10((after + 1e-12) / before);
        return JsonSerializer.Serialize(new { ok = true, speech = IsSpeech(samples), texture = Texture(samples), gainDb = Math.Round(gainDb, 2), samples = clean.Select(v => Math.Round(v, 4)) });
    }

    private bool IsSpeech(float[] samples)
    {
        using var results = _vad.Run(new[] { NamedOnnxValue.CreateFromTensor("pcm", new DenseTensor<float>(samples, new[] { 1, samples.Length })) });
        var energy = samples.Length == 0 ? 0 : samples.Select(v => v * v).Average();
        return energy > 0.002 && results.Count > 0;
    }

    private static int Texture(float[] samples)
    {
        if (samples.Length == 0)
            return -1;
        using var input = torch.tensor(samples);
        using var output = (torch.Tensor)Denoiser.call(input);
        var values = output.data<float>().ToArray();
        return Array.IndexOf(values, values.Max());
    }

    private static void Fft(double[] re, double[] im, bool back)
    {
        var n = re.Length;
        for (int i = 1, j = 0; i < n; i++)
        {
            var bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1)
                j ^= bit;
            j ^= bit;
            if (i < j)
                (re[i], re[j], im[i], im[j]) = (re[j], re[i], im[j], im[i]);
        }

        for (var length = 2; length <= n; length <<= 1)
        {
            var angle = 2 * Math.PI / length * (back ? 1 : -1);
            for (var i = 0; i < n; i += length)
            {
                for (var k = 0; k < length / 2; k++)
                {
                    var (sin, cos) = Math.SinCos(angle * k);
                    int a = i + k, b = i + k + (length / 2);
                    var tr = (re[b] * cos) - (im[b] * sin);
                    var ti = (re[b] * sin) + (im[b] * cos);
                    (re[b], im[b]) = (re[a] - tr, im[a] - ti);
                    re[a] += tr;
                    im[a] += ti;
                }
            }
        }

        if (!back)
            return;
        for (var i = 0; i < n; i++)
        {
            re[i] /= n;
            im[i] /= n;
        }
    }
}

/// <summary>The mean spectrum of recorded noises.</summary>
public class NoiseProfiles
{
    private readonly Dictionary<string, double[]> profiles = new Dictionary<string, double[]>();

    public NoiseProfiles(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        var count = reader.ReadInt32();
        for (var p = 0; p < count; p++)
        {
            var name = reader.ReadString();
            var mean = new double[33];
            for (var frame = 0; frame < 8192; frame++)
            {
                for (var bin = 0; bin < 33; bin++)
                    mean[bin] += reader.ReadSingle() / 8192;
            }

            profiles[name] = mean;
        }
    }

    public IEnumerable<string> Names => profiles.Keys.OrderBy(n => n, StringComparer.Ordinal);

    public double[] Get(string name) => profiles.TryGetValue(name, out var p) ? p : profiles["office"];
}
