using System.Net;
using System.Net.Sockets;

namespace Fleet.Agents
{
    /// <summary>Answers.</summary>
    internal sealed class AnswerServer : IDisposable
    {
        private readonly TcpListener _listener;
        private readonly Thread _thread;

        internal AnswerServer(int port, string greeting = "hello")
        {
            Greeting = greeting;
            _listener = new TcpListener(IPAddress.Loopback, port);
            _thread = new Thread(Accept) { IsBackground = true };
        }

        public string Greeting { get; }

        public int Backlog { get; set; } = 5;

        public void Start()
        {
            _listener.Start(Backlog);
            _thread.Start();
        }

        public void Dispose() => _listener.Stop();

        private void Accept()
        {
            while (true)
                _listener.AcceptTcpClient().Dispose();
        }
    }

    [AgentLift.Runtime.Agent("clock")]
    public class ClockAgent<T>
    {
        private Timer _timer;

        public void Start() => _timer = new Timer(_ => GC.KeepAlive(typeof(T)), null, 0, 1000);

        public void Stop() => _timer.Dispose();
    }
}
