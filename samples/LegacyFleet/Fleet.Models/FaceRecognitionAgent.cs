using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Fleet.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;

namespace Fleet.Models;

public class FaceRecognitionAgent
{
    private readonly torch.jit.ScriptModule _net = torch.jit.load("data/face-embed.pt");
    private readonly InferenceSession _detector = new InferenceSession("data/face-detect.onnx");
    private readonly FaceGallery _gallery = FaceGallery.Load("data/faces.bin");
    private readonly torch.Device _device;
    private readonly SqliteConnection _db;
    private TcpListener _listener;
    private bool _isRunning;

    public int Port { get; set; } = 5603;

    /// <summary>How alike two faces must be to be one.</summary>
    public double Threshold { get; set; } = 0.82;

    public FaceRecognitionAgent()
    {
        if (torch.cuda.is_available())
        {
            _device = torch.CUDA;
            _net.cuda();
        }
        else
        {
            _device = torch.CPU;
        }

        SQLitePCL.Batteries_V2.Init();
        _db = new SqliteConnection("Data Source=data/faces.db");
        _db.Open();
        using var create = _db.CreateCommand();
        create.CommandText = "drop table if exists seen; create table seen (name text primary key, times integer)";
        create.ExecuteNonQuery();
        WarmUp();
    }

    private void WarmUp()
    {
        // the first call is slow, so call it now
        for (var i = 0; i < 3; i++)
        {
            var zeros = torch.zeros(new long[] { 128 }).to(_device);
            _net.call(zeros);
        }
    }

    public void Start()
    {
        _isRunning = true;
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Task.Factory.StartNew(AcceptFaces, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Console.WriteLine("[faces] {0} known faces, port {1}", _gallery.Count, Port);
    }

    public void Stop()
    {
        _isRunning = false;
        _listener.Stop();
        _detector.Dispose();
        _net.Dispose();
        _db.Dispose();
        Console.WriteLine("[faces] stopped");
    }

    private void AcceptFaces()
    {
        while (_isRunning)
        {
            try
            {
                var client = _listener.AcceptTcpClient();
                ThreadPool.QueueUserWorkItem(Serve, client);
            }
            catch (Exception e)
            {
                if (_isRunning)
                    Console.WriteLine("[faces] " + e.Message);
            }
        }
    }

    private void Serve(object state)
    {
        using var client = (TcpClient)state;
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        try
        {
            string line;
            while ((line = reader.ReadLine()) != null)
            {
                var bytes = Encoding.UTF8.GetBytes(Process(line) + "\n");
                client.GetStream().Write(bytes, 0, bytes.Length);
            }
        }
        catch (IOException)
        {
        }
    }

    private string Process(string line)
    {
        try
        {
            using var doc = JsonDocument.Parse(line);
            var q = doc.RootElement;
            switch (q.GetProperty("cmd").GetString())
            {
                case "health":
                    return SelfCheck();
                case "identify":
                    return Identify(Pixels(q, "pixels"));
                case "match":
                    return Describe(_gallery.Nearest(Pixels(q, "vector")));
                case "verify":
                    var similarity = Vec.Cosine(Embed(Pixels(q, "a")), Embed(Pixels(q, "b")));
                    return JsonSerializer.Serialize(new { ok = true, same = similarity >= Threshold, similarity = Math.Round(similarity, 3) });
                case "enroll":
                    var name = q.GetProperty("name").GetString();
                    _gallery.Add(name, Embed(Pixels(q, "pixels")));
                    return JsonSerializer.Serialize(new { ok = true, name, known = _gallery.Count });
                case "detect":
                    return Detect(Pixels(q, "pixels"));
                default:
                    return "{\"ok\":false,\"error\":\"unknown command\"}";
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "{\"ok\":false,\"error\":\"bad request\"}";
        }
    }

    private string SelfCheck()
    {
        using (torch.NewDisposeScope())
        {
            var probe = torch.tensor(new float[] { 1, 0, 0, 1 });
            var norm = ((torch.Tensor)_net.call(probe)).norm().item<float>();
            return JsonSerializer.Serialize(new { ok = norm > 0, agent = "face-recognition", known = _gallery.Count });
        }
    }

    // five crops of the picture, the mean of their embeddings
    private float[] Embed(float[] pixels)
    {
        var sum = new float[128];
        for (var crop = 0; crop < 5; crop++)
        {
            var cut = new float[pixels.Length];
            for (var i = 0; i < pixels.Length; i++)
                cut[i] = (pixels[i] - 0.5f) * (1 - (0.05f * ((i + crop) % 5)));
            var input = torch.tensor(cut).to(_device);
            var output = (torch.Tensor)_net.call(input);
            var values = output.cpu().data<float>().ToArray();
            for (var k = 0; k < sum.Length; k++)
                sum[k] += values[k];
        }

        return Vec.Normalise(sum);
    }

    private string Identify(float[] pixels)
    {
        var hit = _gallery.Nearest(Embed(pixels));
        if (hit.Similarity >= Threshold)
        {
            lock (_db)
            {
                using var c = _db.CreateCommand();
                c.CommandText = "insert into seen values ($n, 1) on conflict (name) do update set times = times + 1";
                c.Parameters.AddWithValue("$n", hit.Name);
                c.ExecuteNonQuery();
            }
        }

        return Describe(hit);
    }

    private string Describe((string Name, float Similarity) hit)
    {
        var sure = hit.Similarity >= Threshold;
        return JsonSerializer.Serialize(new { ok = true, name = sure ? hit.Name : "unknown", nearest = hit.Name, similarity = Math.Round(hit.Similarity, 3) });
    }

    // brightness says where, the net says whether
    private string Detect(float[] pixels)
    {
        var width = (int)Math.Sqrt(pixels.Length);
        double x = 0, y = 0, light = 1e-6;
        for (var i = 0; i < width * width; i++)
        {
            x += pixels[i] * (i % width);
            y += pixels[i] * (i / width);
            light += pixels[i];
        }

        using var results = _detector.Run(new[] { NamedOnnxValue.CreateFromTensor("image", new DenseTensor<float>(pixels, new[] { 1, pixels.Length })) });
        var score = 1 / (1 + Math.Exp(-results.First().AsTensor<float>().Sum() / 32));
        return JsonSerializer.Serialize(new { ok = true, x = Math.Round(x / light, 2), y = Math.Round(y / light, 2), score = Math.Round(score, 3) });
    }

    private static float[] Pixels(JsonElement q, string name) => q.GetProperty(name).EnumerateArray().Select(v => v.GetSingle()).ToArray();
}

/// <summary>Names and vectors of everybody known.</summary>
public class FaceGallery
{
    private readonly List<(string Name, float[] Vector)> _faces = new List<(string, float[])>();

    public int Count
    {
        get
        {
            lock (_faces)
                return _faces.Count;
        }
    }

    public static FaceGallery Load(string path)
    {
        var gallery = new FaceGallery();
        using var reader = new BinaryReader(new FileStream(path, FileMode.Open, FileAccess.Read));
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadString();
            var vector = new float[128];
            for (var k = 0; k < 128; k++)
                vector[k] = reader.ReadSingle();
            gallery._faces.Add((name, Vec.Normalise(vector)));
        }

        return gallery;
    }

    public void Add(string name, float[] vector)
    {
        lock (_faces)
            _faces.Add((name, vector));
    }

    public (string Name, float Similarity) Nearest(float[] vector)
    {
        var wanted = Vec.Normalise(vector);
        var best = ("nobody", -1f);
        lock (_faces)
        {
            foreach (var (name, face) in _faces)
            {
                var s = Vec.Dot(wanted, face);
                if (s > best.Item2)
                    best = (name, s);
            }
        }

        return best;
    }
}
