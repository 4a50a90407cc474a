using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NetMQ
{
    public class TerminatingException : Exception
    {
        public TerminatingException() : base("CheckContextTerminated - yes, is terminated")
        {
        }
    }

    public abstract class NetMQSocket : IDisposable
    {
        public abstract void Bind(string address);

        public abstract void Close();

        public void Dispose() => Close();

        internal abstract bool TryReceive(TimeSpan timeout, out string frame);

        internal abstract void Send(string frame);
    }

    public static class ReceivingSocketExtensions
    {
        public static string ReceiveFrameString(this NetMQSocket socket) => socket.TryReceive(Timeout.InfiniteTimeSpan, out var frame) ? frame : throw new TerminatingException();

        public static bool TryReceiveFrameString(this NetMQSocket socket, TimeSpan timeout, out string frameString) => socket.TryReceive(timeout, out frameString);
    }

    public static class OutgoingSocketExtensions
    {
        public static void SendFrame(this NetMQSocket socket, string message, bool more = false) => socket.Send(message);
    }
}

namespace NetMQ.Sockets
{
    /// <summary>Request and answer in turn. The stand-in frames messages as lines, so that any TCP client can talk to it.</summary>
    public class ResponseSocket : NetMQSocket
    {
        private readonly List<Socket> peers = new List<Socket>();
        private readonly Dictionary<Socket, StringBuilder> partial = new Dictionary<Socket, StringBuilder>();
        private readonly Queue<(Socket Peer, string Line)> lines = new Queue<(Socket, string)>();
        private Socket listener;
        private Socket current;
        private bool closed;

        public ResponseSocket()
        {
        }

        public ResponseSocket(string connectionString) => Bind(connectionString.TrimStart('@', '>'));

        public override void Bind(string address)
        {
            var uri = new Uri(address);
            listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(new IPEndPoint(uri.Host == "*" ? IPAddress.Any : IPAddress.Parse(uri.Host), uri.Port));
            listener.Listen(64);
        }

        public override void Close()
        {
            Volatile.Write(ref closed, true);
            listener?.Dispose();
            foreach (var peer in peers.ToArray())
                peer.Dispose();
        }

        internal override bool TryReceive(TimeSpan timeout, out string frame)
        {
            var until = timeout < TimeSpan.Zero ? long.MaxValue : Environment.TickCount64 + (long)timeout.TotalMilliseconds;
            while (lines.Count == 0)
            {
                if (Volatile.Read(ref closed) || Environment.TickCount64 > until)
                {
                    frame = null;
                    return false;
                }

                Pump();
            }

            (current, frame) = lines.Dequeue();
            return true;
        }

        internal override void Send(string frame)
        {
            try
            {
                current?.Send(Encoding.UTF8.GetBytes(frame + "\n"));
            }
            catch (SocketException)
            {
                Forget(current);
            }
            catch (ObjectDisposedException)
            {
            }
        }

        private void Pump()
        {
            try
            {
                var ready = new List<Socket>(peers) { listener };
                Socket.Select(ready, null, null, 50_000);
                foreach (var socket in ready)
                {
                    if (socket == listener)
                    {
                        var peer = listener.Accept();
                        peers.Add(peer);
                        partial[peer] = new StringBuilder();
                        continue;
                    }

                    Read(socket);
                }
            }
            catch (SocketException)
            {
            }
            catch (ObjectDisposedException)
            {
            }
        }

        private void Read(Socket peer)
        {
            var buffer = new byte[8192];
            int n;
            try
            {
                n = peer.Receive(buffer);
            }
            catch (SocketException)
            {
                n = 0;
            }

            if (n == 0)
            {
                Forget(peer);
                return;
            }

            var text = partial[peer];
            text.Append(Encoding.UTF8.GetString(buffer, 0, n));
            var all = text.ToString();
            int end;
            while ((end = all.IndexOf('\n')) >= 0)
            {
                lines.Enqueue((peer, all.Substring(0, end).TrimEnd('\r')));
                all = all.Substring(end + 1);
            }

            text.Clear().Append(all);
        }

        private void Forget(Socket peer)
        {
            peers.Remove(peer);
            partial.Remove(peer);
            peer.Dispose();
        }
    }
}
