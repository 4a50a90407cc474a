using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Fleet.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using StackExchange.Redis;
using TorchSharp;

namespace Fleet.Models;

/// <summary>
/// Owns (nearly) all models of the fleet: loads, unloads, runs them, and keeps the books on video memory.
/// Parts: this one (life and models), .Vram (memory), .Network (sockets and commands).
/// </summary>
public partial class ModelManagerAgent
{
    #region fields

    public int Port;

    // always needed, so load at once
    private readonly torch.jit.ScriptModule _llm = torch.jit.load("data/llm-tiny.pt");
    private torch.jit.ScriptModule _faces;

    private readonly Dictionary<string, ModelEntry> _models = new Dictionary<string, ModelEntry>();
    private readonly Queue<LoadRequest> _requests = new Queue<LoadRequest>();
    private readonly AutoResetEvent _requested = new AutoResetEvent(false);
    private readonly object _modelLock = new object();
    private readonly object _statsLock = new object();
    private readonly Dictionary<string, int> _inferences = new Dictionary<string, int>();

    private ConnectionMultiplexer _redis;
    private IDatabase _cache;
    private SqliteConnection _history;
    private Thread _loaderThread;
    private Thread _evictThread;
    private Thread _acceptThread;
    private Timer _gpuTimer;
    private bool _running;
    private bool _paused;
    private int _idleMinutes;
    private int _loads;
    private int _evictions;

    #endregion

    public ModelManagerAgent()
    {
        ReadConfiguration();
        OpenStores();
        PickDevice();
        PreloadCoreModels();
    }

    private void ReadConfiguration()
    {
        var text = File.ReadAllText("config/models.json");
        var root = JsonDocument.Parse(text).RootElement;
        Port = root.GetProperty("port").GetInt32();
        _idleMinutes = root.GetProperty("idleMinutes").GetInt32();
        _vramLimitMb = root.GetProperty("vramLimitMb").GetInt64();
        var fromOutside = Environment.GetEnvironmentVariable("MODEL_VRAM_MB");
        if (!string.IsNullOrEmpty(fromOutside))
            _vramLimitMb = long.Parse(fromOutside);
        foreach (var m in root.GetProperty("models").EnumerateArray())
        {
            var entry = new ModelEntry
            {
                Name = m.GetProperty("name").GetString(),
                File = m.GetProperty("file").GetString(),
                Kind = m.GetProperty("kind").GetString(),
                Priority = m.GetProperty("priority").GetInt32(),
            };
            _models.Add(entry.Name, entry);
        }
    }

    private void OpenStores()
    {
        _redis = ConnectionMultiplexer.Connect("127.0.0.1:6379,abortConnect=false");
        _cache = _redis.GetDatabase();
        SQLitePCL.Batteries_V2.Init();
        _history = new SqliteConnection("Data Source=data/model-manager.db");
        _history.Open();
        Execute("drop table if exists history");
        Execute("create table history (id integer primary key autoincrement, model text, event text, mb integer)");
    }

    private void PreloadCoreModels()
    {
        Adopt("llm-tiny", _llm);
        _faces = torch.jit.load("data/face-embed.pt");
        Adopt("face-embed", _faces);
        Console.WriteLine("[models] core models resident, " + _vramUsedMb + " MB");
    }

    private void Adopt(string name, torch.jit.ScriptModule module)
    {
        var entry = _models[name];
        entry.Torch = module.to(_device);
        entry.Pinned = true;
        entry.SizeMb = MegabytesOf(entry);
        entry.LastUsed = Environment.TickCount64;
        Charge(entry.SizeMb);
        Note(name, "preload", entry.SizeMb);
    }

    #region life

    public void Start()
    {
        if (_running)
            return;
        _running = true;

        _loaderThread = new Thread(LoaderLoop);
        _loaderThread.Name = "model-loader";
        _loaderThread.IsBackground = true;
        _loaderThread.Start();

        _evictThread = new Thread(EvictLoop) { IsBackground = true, Name = "model-evict" };
        _evictThread.Start();

        OpenListener();
        _acceptThread = new Thread(AcceptLoop) { IsBackground = true, Name = "model-accept" };
        _acceptThread.Start();

        _gpuTimer = new Timer(o => PollGpu(), null, 1000, 5000);

        Console.CancelKeyPress += (sender, e) =>
        {
            Console.WriteLine("[models] Ctrl+C, releasing models");
            ReleaseAll();
        };
        RegisterWithRegistry();
        Console.WriteLine("[models] manager up on port " + Port + " with " + _models.Count + " known models");
    }

    public void Stop()
    {
        if (!_running)
            return;
        _running = false;
        _gpuTimer.Dispose();
        _requested.Set();
        CloseListener();
        _acceptThread.Join();
        _loaderThread.Join();
        _evictThread.Join(1500);
        ReleaseAll();
        lock (_history)
            _history.Dispose();
        _redis.Close();
        Console.WriteLine("[models] manager stopped, " + _loads + " loads, " + _evictions + " evictions");
    }

    private void ReleaseAll()
    {
        lock (_modelLock)
        {
            foreach (var entry in _models.Values)
            {
                if (entry.Loaded)
                    Unload(entry);
            }
        }
    }

    #endregion

    #region loading

    // One thread loads, so that two big models never come in at once.
    private void LoaderLoop()
    {
        while (_running)
        {
            _requested.WaitOne(500);
            while (true)
            {
                LoadRequest request;
                lock (_requests)
                {
                    if (_requests.Count == 0)
                        break;
                    request = _requests.Dequeue();
                }

                try
                {
                    lock (_modelLock)
                        Load(request.Entry);
                }
                catch (Exception e)
                {
                    request.Error = e.Message;
                    Console.Error.WriteLine("[models] cannot load " + request.Entry.Name + ": " + e.Message);
                }

                request.Done.Set();
            }
        }
    }

    private void Load(ModelEntry entry)
    {
        if (entry.Loaded)
            return;
        var estimate = EstimateMb(entry);
        if (!MakeRoom(estimate))
            throw new InvalidOperationException("not enough video memory for " + entry.Name);
        Console.WriteLine("[models] loading " + entry.Name + ", about " + estimate + " MB");
        if (entry.Kind == "onnx")
        {
            entry.Onnx = new InferenceSession(entry.File);
        }
        else
        {
            entry.Torch = torch.jit.load(entry.File, torch.CPU);
            if (torch.cuda.is_available())
                entry.Torch = entry.Torch.to(_device);
            entry.Torch.eval();
        }

        entry.SizeMb = MegabytesOf(entry);
        Charge(entry.SizeMb);
        entry.LastUsed = Environment.TickCount64;
        _loads++;
        _cache.StringSet("model:" + entry.Name, "loaded");
        Note(entry.Name, "load", entry.SizeMb);
    }

    private void Unload(ModelEntry entry)
    {
        entry.Torch?.Dispose();
        entry.Onnx?.Dispose();
        entry.Torch = null;
        entry.Onnx = null;
        Refund(entry.SizeMb);
        _cache.KeyDelete("model:" + entry.Name);
        Note(entry.Name, "unload", entry.SizeMb);
        entry.SizeMb = 0;
    }

    private string RequestLoad(ModelEntry entry)
    {
        if (entry.Loaded)
            return null;
        var request = new LoadRequest { Entry = entry };
        lock (_requests)
            _requests.Enqueue(request);
        _requested.Set();
        if (!request.Done.WaitOne(30000))
            return "load timed out";
        return request.Error;
    }

    #endregion

    #region inference

    private float[] Infer(ModelEntry entry, string text)
    {
        var words = Vec.Words(text);
        var bag = new float[512];
        foreach (var word in words)
            bag[Vec.Hash(word) % 512] += 1f;

        lock (_modelLock)
        {
            entry.LastUsed = Environment.TickCount64;
            entry.Uses++;
            if (entry.Onnx != null)
            {
                var input = NamedOnnxValue.CreateFromTensor("input", new DenseTensor<float>(bag, new[] { 1, 512 }));
                using var results = entry.Onnx.Run(new[] { input });
                return results.First().AsTensor<float>().ToArray();
            }

            // sliding context windows, averaged; the collector takes care of the tensors
            float[] sum = null;
            for (var shift = 0; shift < Math.Max(1, Math.Min(3, words.Length)); shift++)
            {
                var window = torch.tensor(Shift(bag, shift));
                var output = (torch.Tensor)entry.Torch.call(window.to(_device));
                var values = output.cpu().data<float>().ToArray();
                sum ??= new float[values.Length];
                for (var i = 0; i < values.Length; i++)
                    sum[i] += values[i];
            }

            return sum;
        }
    }

    private static float[] Shift(float[] bag, int by)
    {
        var moved = new float[bag.Length];
        for (var i = 0; i < bag.Length; i++)
            moved[(i + by) % bag.Length] = bag[i];
        return moved;
    }

    #endregion

    private void Note(string model, string what, long mb)
    {
        lock (_history)
        {
            using var c = _history.CreateCommand();
            c.CommandText = "insert into history (model, event, mb) values ($m, $e, $s)";
            c.Parameters.AddWithValue("$m", model);
            c.Parameters.AddWithValue("$e", what);
            c.Parameters.AddWithValue("$s", mb);
            c.ExecuteNonQuery();
        }
    }

    private void Execute(string sql)
    {
        using var c = _history.CreateCommand();
        c.CommandText = sql;
        c.ExecuteNonQuery();
    }

    private class ModelEntry
    {
        public string Name;
        public string File;
        public string Kind;
        public int Priority;
        public bool Pinned;
        public long SizeMb;
        public long LastUsed;
        public int Uses;
        public torch.jit.ScriptModule Torch;
        public InferenceSession Onnx;

        public bool Loaded => Torch != null || Onnx != null;
    }

    private class LoadRequest
    {
        public ModelEntry Entry;
        public string Error;
        public readonly ManualResetEvent Done = new ManualResetEvent(false);
    }
}
