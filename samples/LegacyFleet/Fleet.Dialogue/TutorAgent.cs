using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Fleet.Shared;
using Microsoft.Data.Sqlite;

namespace Fleet.Dialogue;

public class TutorAgent
{
    private readonly EmbeddingTable _embeddings = EmbeddingTable.Load("data/embeddings.bin");
    private readonly List<Lesson> _lessons = new List<Lesson>();
    private readonly SqliteConnection _db;
    private readonly int _reviewSeconds;
    private readonly double _passMark;
    private TcpListener _listener;
    private Thread _acceptThread;
    private Thread _reviewThread;
    private bool _running;

    public int Port;

    public TutorAgent()
    {
        var settings = JsonDocument.Parse(File.ReadAllText("config/tutor.json")).RootElement;
        Port = settings.GetProperty("port").GetInt32();
        _reviewSeconds = settings.GetProperty("reviewSeconds").GetInt32();
        _passMark = settings.GetProperty("passMark").GetDouble();
        foreach (var l in settings.GetProperty("lessons").EnumerateArray())
        {
            var lesson = new Lesson { Id = l.GetProperty("id").GetString(), Title = l.GetProperty("title").GetString(), Level = l.GetProperty("level").GetInt32() };
            lesson.Vector = _embeddings.Embed(lesson.Title);
            _lessons.Add(lesson);
        }

        SQLitePCL.Batteries_V2.Init();
        _db = new SqliteConnection("Data Source=data/lessons.db");
        _db.Open();
        Sql("drop table if exists progress");
        Sql("create table progress (student text, lesson text, score real, tries integer, primary key (student, lesson))");
    }

    public void Start()
    {
        _running = true;
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _acceptThread = new Thread(AcceptLoop) { IsBackground = true };
        _acceptThread.Start();
        _reviewThread = new Thread(ReviewLoop);
        _reviewThread.IsBackground = true;
        _reviewThread.Start();
        Register();
        Console.WriteLine($"tutor listening on {Port}, {_lessons.Count} lessons, {_embeddings.Count} words");
    }

    private void AcceptLoop()
    {
        while (_running)
        {
            TcpClient client;
            try
            {
                client = _listener.AcceptTcpClient();
            }
            catch (SocketException)
            {
                break;
            }

            ThreadPool.QueueUserWorkItem(_ => Serve(client));
        }
    }

    private void Serve(TcpClient client)
    {
        using (client)
        using (var reader = new StreamReader(client.GetStream()))
        using (var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\n" })
        {
            try
            {
                string line;
                while ((line = reader.ReadLine()) != null)
                    writer.WriteLine(Answer(line));
            }
            catch (IOException)
            {
            }
        }
    }

    private string Answer(string line)
    {
        try
        {
            using var doc = JsonDocument.Parse(line);
            var q = doc.RootElement;
            switch (q.GetProperty("cmd").GetString())
            {
                case "health":
                    return JsonSerializer.Serialize(new { ok = true, agent = "tutor", lessons = _lessons.Count });
                case "lesson":
                    return NextLesson(q.GetProperty("student").GetString(), q.GetProperty("interest").GetString());
                case "score":
                    return Score(q.GetProperty("student").GetString(), q.GetProperty("lesson").GetString(), q.GetProperty("score").GetDouble());
                case "progress":
                    return Progress(q.GetProperty("student").GetString());
                case "similar":
                    var a = _embeddings.Embed(q.GetProperty("a").GetString());
                    var b = _embeddings.Embed(q.GetProperty("b").GetString());
                    return JsonSerializer.Serialize(new { ok = true, similarity = Math.Round(Vec.Cosine(a, b), 3) });
                default:
                    return "{\"ok\":false,\"error\":\"unknown command\"}";
            }
        }
        catch (Exception e) when (e is JsonException || e is KeyNotFoundException || e is InvalidOperationException)
        {
            return "{\"ok\":false,\"error\":\"bad request\"}";
        }
    }

    // closest to the interest, not passed yet, and no level skipped
    private string NextLesson(string student, string interest)
    {
        var wanted = _embeddings.Embed(interest);
        var passed = Passed(student);
        Lesson best = null;
        var bestScore = double.MinValue;
        foreach (var lesson in _lessons)
        {
            if (passed.Contains(lesson.Id))
                continue;
            var subject = lesson.Id.Substring(0, 3);
            var reached = _lessons.Where(l => l.Id.StartsWith(subject) && passed.Contains(l.Id)).Select(l => l.Level).DefaultIfEmpty(0).Max();
            var score = Vec.Cosine(wanted, lesson.Vector) - (0.15 * Math.Max(0, lesson.Level - reached - 1));
            if (score > bestScore)
            {
                best = lesson;
                bestScore = score;
            }
        }

        if (best == null)
            return JsonSerializer.Serialize(new { ok = true, student, lesson = (string)null, done = true });
        return JsonSerializer.Serialize(new { ok = true, student, lesson = best.Id, title = best.Title, match = Math.Round(bestScore, 3) });
    }

    private string Score(string student, string lesson, double score)
    {
        if (_lessons.All(l => l.Id != lesson))
            return JsonSerializer.Serialize(new { ok = false, error = "no such lesson", lesson });
        lock (_db)
        {
            using var c = _db.CreateCommand();
            c.CommandText = "insert into progress values ($s, $l, $v, 1) on conflict (student, lesson) do update set score = max(score, $v), tries = tries + 1";
            c.Parameters.AddWithValue("$s", student);
            c.Parameters.AddWithValue("$l", lesson);
            c.Parameters.AddWithValue("$v", score);
            c.ExecuteNonQuery();
        }

        return JsonSerializer.Serialize(new { ok = true, student, lesson, passed = score >= _passMark });
    }

    private string Progress(string student)
    {
        var list = new List<object>();
        lock (_db)
        {
            using var c = _db.CreateCommand();
            c.CommandText = "select lesson, score, tries from progress where student = $s order by lesson";
            c.Parameters.AddWithValue("$s", student);
            using var r = c.ExecuteReader();
            while (r.Read())
                list.Add(new { lesson = r.GetString(0), score = r.GetDouble(1), tries = r.GetInt32(2) });
        }

        return JsonSerializer.Serialize(new { ok = true, student, lessons = list });
    }

    private HashSet<string> Passed(string student)
    {
        var passed = new HashSet<string>();
        lock (_db)
        {
            using var c = _db.CreateCommand();
            c.CommandText = "select lesson from progress where student = $s and score >= $p";
            c.Parameters.AddWithValue("$s", student);
            c.Parameters.AddWithValue("$p", _passMark);
            using var r = c.ExecuteReader();
            while (r.Read())
                passed.Add(r.GetString(0));
        }

        return passed;
    }

    private void ReviewLoop()
    {
        while (_running)
        {
            Review();
            Thread.Sleep(_reviewSeconds * 1000);
        }
    }

    private void Review()
    {
        lock (_db)
        {
            if (!_running)
                return;
            using var c = _db.CreateCommand();
            c.CommandText = "select student, count(*) from progress where score < $p and tries > 2 group by student";
            c.Parameters.AddWithValue("$p", _passMark);
            using var r = c.ExecuteReader();
            while (r.Read())
                Console.WriteLine($"tutor: {r.GetString(0)} is stuck on {r.GetInt32(1)} lessons");
        }
    }

    private void Register()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect("127.0.0.1", 5600);
            var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
            writer.WriteLine(JsonSerializer.Serialize(new { cmd = "register", name = "tutor", port = Port, group = "dialogue" }));
            new StreamReader(client.GetStream()).ReadLine();
        }
        catch (SocketException)
        {
            Console.WriteLine("tutor: no registry");
        }
    }

    private void Sql(string text)
    {
        using var c = _db.CreateCommand();
        c.CommandText = text;
        c.ExecuteNonQuery();
    }

    public void Stop()
    {
        _running = false;
        _listener.Stop();
        _acceptThread.Join();
        lock (_db)
            _db.Dispose();
    }

    private class Lesson
    {
        public string Id;
        public string Title;
        public int Level;
        public float[] Vector;
    }
}
