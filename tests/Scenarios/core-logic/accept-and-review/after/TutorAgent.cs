using System.Net;
using System.Net.Sockets;
using AgentLift.Runtime;

namespace Fleet
{
    /// <summary>Answers questions by line and reviews progress now and then.</summary>
    [LiftedAgent(MigrationStage.CoreLogic, ToolVersion = "0.1.0")]
    public partial class TutorAgent : BaseAgent
    {
        private readonly Dictionary<string, int> _scores = new Dictionary<string, int>();
        private readonly int _reviewSeconds = 5;
        private TcpListener _listener;
        // set by Start and Stop

        public int Port = 5601;

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _listener = Own(new TcpListener(IPAddress.Loopback, Port));
            _listener.Start();

            // one thread takes them all in
            RunOnThread("accept", AcceptLoop);
            RunPeriodically("review", TimeSpan.FromSeconds(_reviewSeconds), ReviewAsync);
            return ValueTask.CompletedTask;
        }

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            lock (_scores)
                _scores.Clear();
            return ValueTask.CompletedTask;
        }

        private void AcceptLoop(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
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

                RunOnThread("serve", stop =>
                {
                    using var closing = stop.Register(client.Close);
                    Serve(client);
                }, RestartPolicy.Once);
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
                    writer.WriteLine(Answer(line));
            }
        }

        private string Answer(string line)
        {
            lock (_scores)
                return (_scores[line] = _scores.GetValueOrDefault(line) + 1).ToString();
        }

        #region review

        private Task ReviewAsync(CancellationToken token)
        {
            Review(token);
            return Task.CompletedTask;
        }

        private void Review(CancellationToken token)
        {
            lock (_scores)
            {
                if (token.IsCancellationRequested)
                    return;
                _scores.Remove("stuck");
            }
        }

        #endregion
    }
}
