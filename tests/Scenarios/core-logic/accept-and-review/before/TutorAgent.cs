using System.Net;
using System.Net.Sockets;

namespace Fleet
{
    /// <summary>Answers questions by line and reviews progress now and then.</summary>
    public class TutorAgent
    {
        private readonly Dictionary<string, int> _scores = new Dictionary<string, int>();
        private readonly int _reviewSeconds = 5;
        private TcpListener _listener;
        private Thread _acceptThread, _reviewThread;
        private bool _running; // set by Start and Stop

        public int Port = 5601;

        public void Start()
        {
            if (_running)
                return;
            _running = true;
            _listener = new TcpListener(IPAddress.Loopback, Port);
            _listener.Start();

            // one thread takes them all in
            _acceptThread = new Thread(AcceptLoop) { IsBackground = true };
            _acceptThread.Start();
            _reviewThread = new Thread(ReviewLoop);
            _reviewThread.Name = "review";
            _reviewThread.IsBackground = true;
            _reviewThread.Start();
        }

        public void Stop()
        {
            if (!_running)
                return;
            _running = false;
            _listener.Stop();
            _acceptThread.Join();
            _reviewThread.Join(1000);
            lock (_scores)
                _scores.Clear();
        }

        private void AcceptLoop()
        {
            while (_running)
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

                ThreadPool.QueueUserWorkItem(_ => Serve(client));
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

        private void ReviewLoop()
        {
            while (_running)
            {
                Review();
                Thread.Sleep(_reviewSeconds * 1000);
            }
        }

        private void Review()
        {
            lock (_scores)
            {
                if (!_running)
                    return;
                _scores.Remove("stuck");
            }
        }

        #endregion
    }
}
