using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Fleet
{
    /// <summary>Hands work to other agents; who does what stands in <see cref="_agentAddresses"/>.</summary>
    public class DispatchAgent
    {
        private const int GraderPort = 5602;

        // Moved to the new rack in May.
        private readonly Dictionary<string, IPEndPoint> _agentAddresses = new Dictionary<string, IPEndPoint>(StringComparer.OrdinalIgnoreCase)
        {
            #region school
            ["tutor"] = new IPEndPoint(IPAddress.Parse("10.0.0.5"), 5601), // the old one is off
            ["grader"] = new IPEndPoint(IPAddress.Loopback, GraderPort),
            #endregion
            // still on the desk of the librarian
            ["library"] = IPEndPoint.Parse("10.0.0.7:5603"),
        };

        private readonly Queue<string> _work = new Queue<string>();
        private volatile bool _running = true;

        public void Start() => new Thread(DispatchLoop).Start();

        public void Stop() => _running = false;

        public void Add(string line)
        {
            lock (_work)
                _work.Enqueue(line);
        }

        private void DispatchLoop()
        {
            while (_running)
            {
                string line;
                lock (_work)
                    line = _work.Count > 0 ? _work.Dequeue() : null;
                if (line != null)
                    Send(line.Split(' ')[0], line);
                using (var client = new TcpClient { ReceiveTimeout = 1000, SendTimeout = 1000 })
                {
                    client.Connect(_agentAddresses["tutor"]);
                }

                Thread.Sleep(1000);
            }
        }

        // Whoever is in nobody's table gets nothing.
        private void Send(string agent, string line)
        {
            if (!_agentAddresses.TryGetValue(agent, out var address))
            {
                return;
            }

            using (var client = new TcpClient { ReceiveTimeout = 1000, SendTimeout = 1000 })
            {
                client.Connect(address);
                var writer = new StreamWriter(client.GetStream());
                writer.WriteLine(line);
                writer.Flush();
            }
        }
    }
}
