using System.Net;
using System.Net.Sockets;
using AgentLift.Runtime;

namespace Fleet.Agents
{
    /// <summary>Answers.</summary>
    [LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
    internal sealed partial class AnswerServer : BaseAgent, IDisposable
    {
        private readonly TcpListener _listener;
        private readonly Thread _thread;

        internal AnswerServer(AgentContext context, int port, string greeting = "hello")
            : base(context)
        {
            Greeting = greeting;
            _listener = new TcpListener(IPAddress.Loopback, port);
            _thread = new Thread(Accept) { IsBackground = true };
        }

        public string Greeting { get; }

        public int Backlog { get; set; } = 5;

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _listener.Start(Backlog);
            _thread.Start();
            return ValueTask.CompletedTask;
        }

        public void Dispose() => _listener.Stop();

        private void Accept()
        {
            while (true)
                _listener.AcceptTcpClient().Dispose();
        }

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    [LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
    [AgentLift.Runtime.Agent("clock")]
    public partial class ClockAgent<T> : BaseAgent
    {
        private Timer _timer;

        public ClockAgent(AgentContext context)
            : base(context)
        {
        }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _timer = new Timer(_ => GC.KeepAlive(typeof(T)), null, 0, 1000);
            return ValueTask.CompletedTask;
        }

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            _timer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
