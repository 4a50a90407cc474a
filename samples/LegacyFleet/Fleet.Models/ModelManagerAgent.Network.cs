using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Fleet.Models;

public partial class ModelManagerAgent
{
    private TcpListener _listener;
    private readonly List<Session> _sessions = new List<Session>();

    private void OpenListener()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start(50);
    }

    private void CloseListener()
    {
        _listener.Stop();
        lock (_sessions)
        {
            foreach (var s in _sessions)
                s.Close();
            _sessions.Clear();
        }
    }

    private void AcceptLoop()
    {
        while (_running)
        {
            try
            {
                if (!_listener.Pending())
                {
                    Thread.Sleep(20);
                    continue;
                }

                var client = _listener.AcceptTcpClient();
                client.NoDelay = true;
                var session = new Session(client, this);
                lock (_sessions)
                    _sessions.Add(session);
                var t = new Thread(session.Run);
                t.IsBackground = true;
                t.Start();
            }
            catch (SocketException e)
            {
                if (_running)
                    Console.WriteLine("[models] accept: " + e.Message);
            }
            catch (InvalidOperationException)
            {
                // not listening any more
                return;
            }
        }
    }

    private void RegisterWithRegistry()
    {
        try
        {
            var tcp = new TcpClient();
            tcp.Connect("127.0.0.1", 5600);
            var message = Encoding.UTF8.GetBytes("{\"cmd\":\"register\",\"name\":\"model-manager\",\"port\":" + Port + ",\"group\":\"models\"}\n");
            tcp.GetStream().Write(message, 0, message.Length);
            var answer = new StreamReader(tcp.GetStream()).ReadLine();
            Console.WriteLine("[models] registry: " + answer);
            tcp.Close();
        }
        catch (SocketException)
        {
            Console.WriteLine("[models] no registry, callers must know port " + Port);
        }
    }

    private string HealthJson()
    {
        lock (_modelLock)
        {
            var loaded = 0;
            foreach (var m in _models.Values)
            {
                if (m.Loaded)
                    loaded++;
            }

            var ok = _loaderThread.IsAlive && _vramUsedMb <= _vramLimitMb;
            return JsonSerializer.Serialize(new { ok, agent = "model-manager", loaded, known = _models.Count });
        }
    }

    private string Handle(string line)
    {
        JsonElement q;
        try
        {
            q = JsonDocument.Parse(line).RootElement;
        }
        catch (JsonException)
        {
            return Error("bad json");
        }

        var cmd = q.TryGetProperty("cmd", out var c) ? c.GetString() : null;
        if (cmd == "health")
            return HealthJson();
        if (cmd == "list")
        {
            lock (_modelLock)
                return JsonSerializer.Serialize(new { ok = true, models = _models.Values.OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => new { name = m.Name, loaded = m.Loaded, mb = m.SizeMb, pinned = m.Pinned }) });
        }

        if (cmd == "stats")
        {
            lock (_modelLock)
            {
                lock (_statsLock)
                    return JsonSerializer.Serialize(new { ok = true, usedMb = _vramUsedMb, peakMb = _vramPeakMb, limitMb = _vramLimitMb, loads = _loads, evictions = _evictions, inferences = _inferences.OrderBy(x => x.Key, StringComparer.Ordinal).ToDictionary(x => x.Key, x => x.Value) });
            }
        }

        if (cmd == "history")
        {
            var rows = new List<string>();
            lock (_history)
            {
                using var read = _history.CreateCommand();
                read.CommandText = "select model, event, mb from history order by id";
                using var r = read.ExecuteReader();
                while (r.Read())
                    rows.Add(r.GetString(1) + " " + r.GetString(0) + " " + r.GetInt64(2));
            }

            return JsonSerializer.Serialize(new { ok = true, history = rows });
        }

        if (cmd == "pause" || cmd == "resume")
        {
            _paused = cmd == "pause";
            return JsonSerializer.Serialize(new { ok = true, paused = _paused });
        }

        if (cmd == "die")
        {
            // the watchdog on atlas restarts us
            Console.WriteLine("[models] told to die");
            ReleaseAll();
            Environment.Exit(3);
        }

        if (!q.TryGetProperty("model", out var name))
            return Error(cmd == null ? "no command" : "no model given");
        if (!_models.TryGetValue(name.GetString(), out var entry))
            return Error("unknown model " + name.GetString());

        switch (cmd)
        {
            case "load":
                var failure = RequestLoad(entry);
                return failure != null ? Error(failure) : JsonSerializer.Serialize(new { ok = true, model = entry.Name, mb = entry.SizeMb });
            case "unload":
                lock (_modelLock)
                {
                    if (entry.Pinned)
                        return Error(entry.Name + " is pinned");
                    if (entry.Loaded)
                        Unload(entry);
                }

                return JsonSerializer.Serialize(new { ok = true, model = entry.Name, loaded = false });
            case "pin":
            case "unpin":
                entry.Pinned = cmd == "pin";
                return JsonSerializer.Serialize(new { ok = true, model = entry.Name, pinned = entry.Pinned });
            case "infer":
                var problem = RequestLoad(entry);
                if (problem != null)
                    return Error(problem);
                var key = "infer:" + entry.Name + ":" + q.GetProperty("text").GetString();
                string known = _cache.StringGet(key);
                if (known == null)
                {
                    known = Summarise(entry, Infer(entry, q.GetProperty("text").GetString()));
                    _cache.StringSet(key, known, TimeSpan.FromMinutes(5));
                }

                lock (_statsLock)
                    _inferences[entry.Name] = _inferences.TryGetValue(entry.Name, out var n) ? n + 1 : 1;
                return known;
            default:
                return Error("unknown command " + cmd);
        }
    }

    private static string Summarise(ModelEntry entry, float[] output)
    {
        var top = output.Select((value, index) => (value, index)).OrderByDescending(x => x.value).Take(3).ToArray();
        return JsonSerializer.Serialize(new { ok = true, model = entry.Name, top = top.Select(t => t.index), score = Math.Round(top[0].value, 2) });
    }

    private static string Error(string text) => JsonSerializer.Serialize(new { ok = false, error = text });

    /// <summary>One connection, served until it goes away.</summary>
    private class Session
    {
        private readonly TcpClient client;
        private readonly ModelManagerAgent owner;

        public Session(TcpClient client, ModelManagerAgent owner)
        {
            this.client = client;
            this.owner = owner;
        }

        public void Run()
        {
            try
            {
                var stream = client.GetStream();
                var reader = new StreamReader(stream, Encoding.UTF8);
                string line;
                while ((line = reader.ReadLine()) != null)
                {
                    var answer = Encoding.UTF8.GetBytes(owner.Handle(line) + "\n");
                    stream.Write(answer, 0, answer.Length);
                    stream.Flush();
                }
            }
            catch (IOException)
            {
            }
            catch (ObjectDisposedException)
            {
            }
            finally
            {
                lock (owner._sessions)
                    owner._sessions.Remove(this);
                client.Close();
            }
        }

        public void Close()
        {
            client.Close();
        }
    }
}
