using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fleet;

public class RelayAgent
{
    private Dictionary<string, IPEndPoint> _routes = new Dictionary<string, IPEndPoint>
    {
        ["a"] = new IPEndPoint(IPAddress.Parse("10.0.0.1"), 4000),
        ["b"] = new IPEndPoint(IPAddress.Parse("10.0.0.2"), 4000),
    };

    private TcpListener _listener;
    private Thread _thread;
    private volatile bool _running;
    public int Count;

    public void Start()
    {
        _listener = new TcpListener(IPAddress.Loopback, 4100);
        _listener.Start();
        _running = true;
        _thread = new Thread(Accept);
        _thread.Start();
    }

    public void Stop()
    {
        _running = false;
        _listener.Stop();
        _thread.Join();
    }

    private void Accept()
    {
        while (_running)
        {
            TcpClient client;
            try { client = _listener.AcceptTcpClient(); }
            catch (SocketException) { break; }
            new Thread(() => Serve(client)) { IsBackground = true }.Start();
        }
    }

    private void Serve(TcpClient client)
    {
        using (client)
        using (var reader = new StreamReader(client.GetStream()))
        using (var writer = new StreamWriter(client.GetStream()) { AutoFlush = true })
        {
            string line;
            while ((line = reader.ReadLine()) != null)
                writer.WriteLine(Relay(line));
        }
    }

    // asks the one that the line names
    private string Relay(string line)
    {
        var parts = line.Split(':', 2);
        if (parts.Length != 2 || !_routes.TryGetValue(parts[0], out var route))
            return "?";
        Interlocked.Increment(ref Count);
        using var client = new TcpClient { SendTimeout = 500, ReceiveTimeout = 500 };
        client.Connect(route.Address, route.Port);
        var bytes = Encoding.UTF8.GetBytes(parts[1] + "\n");
        client.GetStream().Write(bytes, 0, bytes.Length);
        return Read(client);
    }

    private static string Read(TcpClient client) => new StreamReader(client.GetStream()).ReadLine();
}
