using System.Net;
using System.Net.Sockets;
using AgentLift.Runtime;

namespace Fleet
{
    /// <summary>Answers questions by line.</summary>
    [LiftedAgent(MigrationStage.CoreLogic, ToolVersion = "0.1.0")]
    public partial class TutorAgent : BaseAgent
    {
        private const string HubHost = "10.0.0.5"; // rack 3
        private readonly Dictionary<string, int> _scores = new Dictionary<string, int>();
        private TcpListener _listener;

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
            Register();
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

        #region protocol

        // a client may stay for long
        private void Serve(TcpClient client)
        {
            using (client)
            using (var reader = new StreamReader(client.GetStream()))
            using (var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\n" })
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

        #endregion

        private void Register()
        {
            using var client = new TcpClient();
            client.Connect(HubHost, 5600);
            var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
            writer.WriteLine("tutor " + Port);
            new StreamReader(client.GetStream()).ReadLine();
        }
    }
}
