using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Newtonsoft.Json;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Fleet.Platform;

/// <summary>
/// Takes jobs from anybody and works through them with its own threads, most urgent first.
/// </summary>
public partial class AsyncProcessor
{
    private const int Workers = 3;

    private static readonly JsonSerializerSettings EnvelopeSettings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.Auto };

    public int Port { get; set; } = 5621;

    private readonly PriorityQueue<Job, (int, int)> _queue = new PriorityQueue<Job, (int, int)>();
    private readonly Dictionary<int, Job> _jobs = new Dictionary<int, Job>();
    private readonly object _sync = new object();
    private readonly List<Thread> _workers = new List<Thread>();
    private Socket _server;
    private Thread _acceptor;
    private bool _stopping;
    private int _nextId;
    private int _done;

    public void Start()
    {
        _stopping = false;
        _server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _server.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        _server.Listen(16);

        for (int i = 0; i < Workers; i++)
        {
            var t = new Thread(WorkLoop) { IsBackground = true, Name = "async-worker-" + i };
            t.Start();
            _workers.Add(t);
        }

        _acceptor = new Thread(AcceptLoop) { IsBackground = true };
        _acceptor.Start();
        Announce();
        Console.WriteLine($"[async] {Workers} workers, port {Port}");
    }

    public void Stop()
    {
        _stopping = true;
        _server.Close();
        // workers hang in Monitor.Wait, kick them out
        foreach (var w in _workers)
            w.Interrupt();
        foreach (var w in _workers)
            w.Join(1000);
        _workers.Clear();
        Console.WriteLine($"[async] stopped, {_done} jobs done");
    }

    private void AcceptLoop()
    {
        while (!_stopping)
        {
            Socket peer;
            try
            {
                peer = _server.Accept();
            }
            catch (SocketException)
            {
                continue;
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            Task.Run(() => Talk(peer));
        }
    }

    private void Talk(Socket peer)
    {
        using var stream = new NetworkStream(peer, ownsSocket: true);
        using var reader = new StreamReader(stream);
        using var writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" };
        try
        {
            string line;
            while ((line = reader.ReadLine()) != null)
                writer.WriteLine(Handle(line));
        }
        catch (IOException)
        {
            // peer went away
        }
    }

    private string Handle(string line)
    {
        try
        {
            using var doc = JsonDocument.Parse(line);
            var root = doc.RootElement;
            switch (root.GetProperty("cmd").GetString())
            {
                case "health":
                    return CheckHealth();
                case "submit":
                    var job = Enqueue(root.GetProperty("job").GetRawText(), root.TryGetProperty("priority", out var p) ? p.GetInt32() : 5);
                    return JsonSerializer.Serialize(new { ok = true, id = job.Id });
                case "result":
                    return Result(root.GetProperty("id").GetInt32());
                case "run":
                    // submit + result in one go, most callers want this
                    return Result(Enqueue(root.GetProperty("job").GetRawText(), 1).Id);
                default:
                    return "{\"ok\":false,\"error\":\"unknown command\"}";
            }
        }
        catch (Exception e) when (e is System.Text.Json.JsonException || e is KeyNotFoundException || e is JsonSerializationException || e is JsonReaderException || e is InvalidOperationException)
        {
            return "{\"ok\":false,\"error\":\"bad request\"}";
        }
    }

    private string CheckHealth()
    {
        var alive = 0;
        foreach (var w in _workers)
        {
            if (w.IsAlive)
                alive++;
        }

        return JsonSerializer.Serialize(new { ok = alive == Workers, agent = "async-processor", workers = alive });
    }

    private Job Enqueue(string envelope, int priority)
    {
        var work = JsonConvert.DeserializeObject<JobWork>(envelope, EnvelopeSettings);
        lock (_sync)
        {
            var job = new Job { Id = ++_nextId, Work = work };
            _jobs[job.Id] = job;
            _queue.Enqueue(job, (priority, job.Id));
            Monitor.Pulse(_sync);
            return job;
        }
    }

    private string Result(int id)
    {
        Job job;
        lock (_sync)
        {
            if (!_jobs.TryGetValue(id, out job))
                return JsonSerializer.Serialize(new { ok = false, error = "no such job", id });
        }

        job.Finished.Task.Wait();
        return job.Error == null
            ? JsonSerializer.Serialize(new { ok = true, id, kind = job.Work.Kind, result = job.Outcome })
            : JsonSerializer.Serialize(new { ok = false, id, error = job.Error });
    }

    private void WorkLoop()
    {
        while (true)
        {
            Job job;
            try
            {
                lock (_sync)
                {
                    while (_queue.Count == 0)
                        Monitor.Wait(_sync);
                    job = _queue.Dequeue();
                }
            }
            catch (ThreadInterruptedException)
            {
                break;
            }

            try
            {
                job.Outcome = Execute(job.Work);
            }
            catch (Exception e)
            {
                job.Error = e.Message;
            }

            job.Finished.TrySetResult(true);
            Interlocked.Increment(ref _done);
            OnJobDone(job);
        }
    }

    // tell the health monitor, nobody waits for it
    private async void OnJobDone(Job job)
    {
        await Task.Yield();
        if (job.Error != null)
            Console.WriteLine($"[async] job {job.Id} failed: {job.Error}");
        using var udp = new UdpClient();
        var beat = System.Text.Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { cmd = "beat", name = "async-processor", quiet = true }));
        try
        {
            await udp.SendAsync(beat, beat.Length, "127.0.0.1", 5623);
        }
        catch (SocketException)
        {
        }
    }

    private void Announce()
    {
        try
        {
            var client = new TcpClient("127.0.0.1", 5600);
            var w = new StreamWriter(client.GetStream()) { AutoFlush = true };
            var r = new StreamReader(client.GetStream());
            w.WriteLine("{\"cmd\":\"register\",\"name\":\"async-processor\",\"port\":" + Port + ",\"group\":\"platform\"}");
            Console.WriteLine("[async] registry says " + r.ReadLine());
            client.Close();
        }
        catch (SocketException)
        {
            Console.WriteLine("[async] registry is away, going on alone");
        }
    }

    private class Job
    {
        public int Id;
        public JobWork Work;
        public object Outcome;
        public string Error;
        public readonly TaskCompletionSource<bool> Finished = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
