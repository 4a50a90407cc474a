using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Newtonsoft.Json;
using Npgsql;
using StackExchange.Redis;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Fleet.Dialogue;

// Long-term memory (sqlite), working memory (redis), archive (postgres, only in the data centre).
public partial class MemoryReasoningAgent
{
    private const string RedisServer = "127.0.0.1:6379";

    public int Port = 5613;

    private readonly List<Fact> facts = new List<Fact>();
    private readonly Dictionary<string, List<Fact>> bySubject = new Dictionary<string, List<Fact>>();
    private readonly ReaderWriterLockSlim factsLock = new ReaderWriterLockSlim();
    private SqliteConnection sqlite;
    private Socket server;
    private Thread acceptor;
    private Thread decay;
    private bool running;
    private int nextId = 1_000_000;

    public MemoryReasoningAgent()
    {
        LoadMemories();
        OpenStores();
    }

    private void LoadMemories()
    {
        using var reader = File.OpenText("data/memories.jsonl");
        string line;
        while ((line = reader.ReadLine()) != null)
            Add(JsonSerializer.Deserialize<Fact>(line));
        Console.WriteLine("[memory] " + facts.Count + " facts, " + bySubject.Count + " subjects");
    }

    private void OpenStores()
    {
        SQLitePCL.Batteries_V2.Init();
        var path = Environment.GetEnvironmentVariable("MEMORY_DB") ?? "data/memory.db";
        sqlite = new SqliteConnection("Data Source=" + path);
        sqlite.Open();
        using var c = sqlite.CreateCommand();
        c.CommandText = "drop table if exists learnt; create table learnt (id integer primary key, subject text, relation text, object text)";
        c.ExecuteNonQuery();
    }

    public void Start()
    {
        running = true;
        server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        server.Listen();
        acceptor = new Thread(() =>
        {
            while (running)
            {
                Socket peer;
                try { peer = server.Accept(); }
                catch (SocketException) { break; }
                ThreadPool.UnsafeQueueUserWorkItem(s => Talk((Socket)s), peer);
            }
        });
        acceptor.IsBackground = true;
        acceptor.Start();
        decay = new Thread(Decay) { IsBackground = true, Priority = ThreadPriority.BelowNormal };
        decay.Start();
        Console.CancelKeyPress += (s, e) => Flush();
        Console.WriteLine("[memory] ready on " + Port);
    }

    public void Stop()
    {
        running = false;
        server.Dispose();
        acceptor.Join();
        Flush();
        lock (sqlite)
            sqlite.Close();
    }

    private void Talk(Socket peer)
    {
        using var s = new NetworkStream(peer, true);
        using var r = new StreamReader(s);
        using var w = new StreamWriter(s) { AutoFlush = true, NewLine = "\n" };
        while (true)
        {
            string line;
            try { line = r.ReadLine(); }
            catch (IOException) { return; }
            if (line == null)
                return;
            string answer;
            try { answer = Answer(line); }
            catch (Exception e) when (e is System.Text.Json.JsonException || e is KeyNotFoundException || e is InvalidOperationException || e is JsonSerializationException)
            {
                answer = "{\"ok\":false,\"error\":\"bad request\"}";
            }

            w.WriteLine(answer);
        }
    }

    private string Answer(string line)
    {
        var q = JsonDocument.Parse(line).RootElement;
        switch (q.GetProperty("cmd").GetString())
        {
            case "health":
                return JsonSerializer.Serialize(new { ok = sqlite.State == System.Data.ConnectionState.Open, agent = "memory-reasoning" });
            case "remember":
                return Remember(q.GetProperty("subject").GetString(), q.GetProperty("relation").GetString(), q.GetProperty("object").GetString());
            case "recall":
                return Recall(q.GetProperty("subject").GetString());
            case "why":
                return Why(q.GetProperty("subject").GetString(), q.GetProperty("object").GetString());
            case "import":
                return Import(q.GetProperty("facts").GetRawText());
            default:
                return "{\"ok\":false,\"error\":\"unknown command\"}";
        }
    }

    private string Remember(string subject, string relation, string target)
    {
        var fact = new Fact { Id = Interlocked.Increment(ref nextId), Subject = subject, Relation = relation, Object = target, Strength = 1 };
        Add(fact);
        lock (sqlite)
        {
            using var c = sqlite.CreateCommand();
            c.CommandText = "insert into learnt values ($i, $s, $r, $o)";
            c.Parameters.AddWithValue("$i", fact.Id);
            c.Parameters.AddWithValue("$s", subject);
            c.Parameters.AddWithValue("$r", relation);
            c.Parameters.AddWithValue("$o", target);
            c.ExecuteNonQuery();
        }

        // hot subjects live in redis so that the tutor sees them
        var redis = ConnectionMultiplexer.Connect(RedisServer);
        redis.GetDatabase().HashSet("hot", subject, target);
        redis.Close();
        return JsonSerializer.Serialize(new { ok = true, id = fact.Id, subject });
    }

    private string Recall(string subject)
    {
        factsLock.EnterReadLock();
        try
        {
            if (!bySubject.TryGetValue(subject, out var list))
                return JsonSerializer.Serialize(new { ok = true, subject, facts = Array.Empty<string>() });
            var top = list.OrderByDescending(f => f.Strength).ThenBy(f => f.Id).Take(5).Select(f => f.Relation + " " + f.Object);
            return JsonSerializer.Serialize(new { ok = true, subject, facts = top });
        }
        finally
        {
            factsLock.ExitReadLock();
        }
    }

    private string Import(string json)
    {
        var incoming = JsonConvert.DeserializeObject<List<Fact>>(json, new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.Objects });
        foreach (var f in incoming)
        {
            f.Id = Interlocked.Increment(ref nextId);
            Add(f);
        }

        return JsonSerializer.Serialize(new { ok = true, imported = incoming.Count });
    }

    private void Add(Fact fact)
    {
        factsLock.EnterWriteLock();
        try
        {
            facts.Add(fact);
            if (!bySubject.TryGetValue(fact.Subject, out var list))
                bySubject[fact.Subject] = list = new List<Fact>();
            list.Add(fact);
        }
        finally
        {
            factsLock.ExitWriteLock();
        }
    }

    // weak imported memories fade from working memory; answers do not use Fresh
    private void Decay()
    {
        while (running)
        {
            Thread.Sleep(1000);
            factsLock.EnterWriteLock();
            for (var i = Math.Max(0, facts.Count - 1000); i < facts.Count; i++)
                facts[i].Fresh *= 0.999;
            factsLock.ExitWriteLock();
        }
    }

    private void Flush()
    {
        var archive = Environment.GetEnvironmentVariable("MEMORY_ARCHIVE");
        if (string.IsNullOrEmpty(archive))
            return;
        using var pg = new NpgsqlConnection(archive);
        pg.Open();
        foreach (var f in facts.Where(f => f.Id >= 1_000_000))
        {
            using var c = new NpgsqlCommand("insert into archive (subject, relation, object) values (@s, @r, @o)", pg);
            c.Parameters.AddWithValue("s", f.Subject);
            c.Parameters.AddWithValue("r", f.Relation);
            c.Parameters.AddWithValue("o", f.Object);
            c.ExecuteNonQuery();
        }
    }
}
