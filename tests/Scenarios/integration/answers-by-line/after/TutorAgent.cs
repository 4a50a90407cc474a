using System.Net;
using System.Net.Sockets;
using AgentLift.Runtime;

namespace Fleet
{
    /// <summary>Answers questions by line.</summary>
    [LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
    public partial class TutorAgent : BaseAgent
    {
        private string HubHost => Context.Setting("HubHost", "10.0.0.5"); // rack 3
        private readonly Dictionary<string, int> _scores = new Dictionary<string, int>();

        public int Port
        {
            get => givenPort ?? Context.Setting("Port", 5601);
            set => givenPort = value;
        }

        private int? givenPort;

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            // one thread takes them all in
            // a client may stay for long
            ListenLines("requests", Answer, EndpointOptions.WithoutLimits(new(IPAddress.Loopback, Port)));
            Register();
            return ValueTask.CompletedTask;
        }

        #region protocol

        private string Answer(string line)
        {
            lock (_scores)
                return (_scores[line] = _scores.GetValueOrDefault(line) + 1).ToString();
        }

        #endregion

        private void Register()
        {
            using var client = new TcpClient() { ReceiveTimeout = PeerTimeoutMilliseconds, SendTimeout = PeerTimeoutMilliseconds };
            client.Connect(HubHost, RegisterPort);
            var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
            writer.WriteLine("tutor " + Port);
            new StreamReader(client.GetStream()).ReadLine();
        }

        /// <summary>How long a peer may take to answer; 30 seconds, unless somebody knows better.</summary>
        private const int PeerTimeoutMilliseconds = 30_000;

        private int RegisterPort => Context.Setting("RegisterPort", 5600);
    }
}
