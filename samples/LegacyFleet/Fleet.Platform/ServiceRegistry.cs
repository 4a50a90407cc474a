using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Fleet.Platform;

// Everybody finds everybody through this. Do not restart during the day!
public class ServiceRegistry
{
    public int Port = 5600;
    public int HttpPort = 5680;

    // name -> where it lives
    private readonly Dictionary<string, ServiceEntry> services = new Dictionary<string, ServiceEntry>();
    private TcpListener listener;
    private HttpListener http;
    private bool running;
    private int lookups;

    public void Start()
    {
        running = true;
        LoadSaved();

        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        new Thread(Accept) { IsBackground = true, Name = "registry-accept" }.Start();

        http = new HttpListener();
        http.Prefixes.Add("http://127.0.0.1:" + HttpPort + "/");
        http.Start();
        new Thread(ServeHttp) { IsBackground = true, Name = "registry-http" }.Start();

        new Thread(Sweep) { IsBackground = true, Name = "registry-sweep" }.Start();

        Console.CancelKeyPress += OnCancel;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        Console.WriteLine("[registry] up on " + Port + ", http on " + HttpPort);
    }

    public void Stop()
    {
        if (!running)
            return;
        running = false;
        Console.CancelKeyPress -= OnCancel;
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        listener.Stop();
        http.Close();
        Save();
        Console.WriteLine("[registry] down after " + lookups + " lookups");
    }

    private void OnCancel(object sender, ConsoleCancelEventArgs e) => Save();

    private void OnExit(object sender, EventArgs e) => Save();

    private void Accept()
    {
        while (running)
        {
            try
            {
                var client = listener.AcceptTcpClient();
                ThreadPool.QueueUserWorkItem(_ => Serve(client));
            }
            catch (SocketException)
            {
                if (running)
                    Console.WriteLine("[registry] accept failed");
            }
        }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            using (client)
            using (var reader = new StreamReader(client.GetStream()))
            using (var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" })
            {
                string line;
                while ((line = reader.ReadLine()) != null)
                {
                    writer.WriteLine(Answer(line));
                }
            }
        }
        catch (IOException)
        {
        }
    }

    private string Answer(string line)
    {
        JsonElement q;
        try
        {
            q = JsonDocument.Parse(line).RootElement;
        }
        catch (JsonException)
        {
            return "{\"ok\":false,\"error\":\"bad json\"}";
        }

        var cmd = q.TryGetProperty("cmd", out var c) ? c.GetString() : "";
        if (cmd == "health")
            return "{\"ok\":true,\"agent\":\"service-registry\",\"status\":\"up\"}";
        if (cmd == "register")
        {
            var entry = new ServiceEntry
            {
                Name = Text(q, "name"),
                Host = Text(q, "host", "127.0.0.1"),
                Port = q.GetProperty("port").GetInt32(),
                Group = Text(q, "group", "none"),
                TtlSeconds = q.TryGetProperty("ttl", out var ttl) ? ttl.GetInt32() : 0,
                Seen = DateTime.UtcNow,
            };
            int n;
            lock (services)
            {
                services[entry.Name] = entry;
                n = services.Count;
            }

            Console.WriteLine("[registry] + " + entry.Name + " at " + entry.Host + ":" + entry.Port);
            return JsonSerializer.Serialize(new { ok = true, registered = entry.Name, total = n });
        }

        if (cmd == "unregister")
        {
            bool gone;
            lock (services)
                gone = services.Remove(Text(q, "name"));
            return JsonSerializer.Serialize(new { ok = true, removed = gone });
        }

        if (cmd == "lookup")
        {
            lookups++;
            lock (services)
            {
                if (!services.TryGetValue(Text(q, "name"), out var s))
                    return JsonSerializer.Serialize(new { ok = false, error = "unknown service", name = Text(q, "name") });
                return JsonSerializer.Serialize(new { ok = true, name = s.Name, host = s.Host, port = s.Port, group = s.Group });
            }
        }

        if (cmd == "list")
        {
            var group = Text(q, "group");
            lock (services)
            {
                var names = services.Values.Where(s => group == "" || s.Group == group).Select(s => s.Name).OrderBy(s => s, StringComparer.Ordinal);
                return JsonSerializer.Serialize(new { ok = true, services = names });
            }
        }

        return JsonSerializer.Serialize(new { ok = false, error = "unknown command", cmd });
    }

    private void ServeHttp()
    {
        while (running)
        {
            HttpListenerContext context;
            try
            {
                context = http.GetContext();
            }
            catch (Exception)
            {
                return;
            }

            string body;
            if (context.Request.Url.AbsolutePath == "/health")
                body = "{\"status\":\"up\"}";
            else
            {
                context.Response.StatusCode = 404;
                body = "{}";
            }

            var bytes = Encoding.UTF8.GetBytes(body);
            context.Response.ContentType = "application/json";
            context.Response.OutputStream.Write(bytes, 0, bytes.Length);
            context.Response.Close();
        }
    }

    // Runs for ever, it is a background thread so who cares
    private void Sweep()
    {
        while (true)
        {
            Thread.Sleep(2000);
            List<string> dead;
            lock (services)
            {
                dead = services.Values.Where(s => s.TtlSeconds > 0 && (DateTime.UtcNow - s.Seen).TotalSeconds > s.TtlSeconds).Select(s => s.Name).ToList();
                foreach (var name in dead)
                    services.Remove(name);
            }

            foreach (var name in dead)
                Console.WriteLine("[registry] expired " + name);
        }
    }

    private void LoadSaved()
    {
        if (Environment.GetEnvironmentVariable("REGISTRY_KEEP") != "1")
            return; // stale ports after the move to borealis, see the incident in March
        if (!File.Exists("data/registry-state.json"))
            return;
        foreach (var s in JsonSerializer.Deserialize<List<ServiceEntry>>(File.ReadAllText("data/registry-state.json")))
            services[s.Name] = s;
    }

    private void Save()
    {
        lock (services)
            File.WriteAllText("data/registry-state.json", JsonSerializer.Serialize(services.Values.ToList()));
    }

    private static string Text(JsonElement q, string name, string otherwise = "")
    {
        return q.TryGetProperty(name, out var v) ? v.GetString() : otherwise;
    }

    public class ServiceEntry
    {
        public string Name { get; set; }
        public string Host { get; set; }
        public int Port { get; set; }
        public string Group { get; set; }
        public int TtlSeconds { get; set; }
        public DateTime Seen { get; set; }
    }
}
