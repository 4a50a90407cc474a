using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using AgentLift.Runtime;

namespace Fleet
{
    /// <summary>Hands work to other agents; who does what stands in <see cref="_agentAddresses"/>.</summary>
    [LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
    public partial class DispatchAgent : BaseAgent
    {
        private const int GraderPort = 5602;

        // Moved to the new rack in May.
        private readonly Dictionary<string, string> _agentAddresses = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            #region school
            ["tutor"] = "10.0.0.5:5601", // the old one is off
            ["grader"] = $"127.0.0.1:{GraderPort}",
            #endregion
            // still on the desk of the librarian
            ["library"] = "10.0.0.7:5603",
        };

        private readonly Queue<string> _work = new Queue<string>();

        public DispatchAgent(AgentContext context)
            : base(context)
        {
        }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            RunPeriodically("dispatch", TimeSpan.FromSeconds(1), DispatchAsync);
            return ValueTask.CompletedTask;
        }

        public void Add(string line)
        {
            lock (_work)
                _work.Enqueue(line);
        }

        private async Task DispatchAsync(CancellationToken token)
        {
            string line;
            lock (_work)
                line = _work.Count > 0 ? _work.Dequeue() : null;
            if (line != null)
                await SendAsync(line.Split(' ')[0], line, token);
            using (var client = new TcpClient { ReceiveTimeout = 1000, SendTimeout = 1000 })
            {
                client.Connect(await FindAgentAsync("tutor", token));
            }
        }

        // Whoever is in nobody's table gets nothing.
        private async Task SendAsync(string agent, string line, CancellationToken token)
        {
            if (!_agentAddresses.ContainsKey(agent))
            {
                return;
            }

            var address = await FindAgentAsync(agent, token);

            using (var client = new TcpClient { ReceiveTimeout = 1000, SendTimeout = 1000 })
            {
                client.Connect(address);
                var writer = new StreamWriter(client.GetStream());
                await writer.WriteLineAsync(line);
                await writer.FlushAsync();
            }
        }

        // AGENTLIFT AGL1006: whoever enters itself in the directory by its name in _agentAddresses is asked there, the others where the setting AgentAddresses:NAME or the table says; see that the names agree.
        private async Task<IPEndPoint> FindAgentAsync(string agent, CancellationToken cancellationToken)
        {
            var address = await Context.Directory.FindAddressAsync(agent, endpoint: null, cancellationToken) ?? Context.Setting($"AgentAddresses:{agent}", _agentAddresses[agent]);
            return await AgentAddress.Parse(address).ResolveAsync(cancellationToken);
        }
    }
}
