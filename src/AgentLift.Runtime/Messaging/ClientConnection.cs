using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using AgentLift.Runtime.Endpoints;

namespace AgentLift.Runtime.Messaging;

/// <summary>One connection to another agent. It carries one question at a time.</summary>
internal sealed class ClientConnection : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly Stream stream;
    private readonly PipeReader input;
    private bool saidMore;

    /// <param name="socket">The connection.</param>
    /// <param name="stream">Its bytes, decrypted.</param>
    public ClientConnection(Socket socket, Stream stream)
    {
        this.socket = socket;
        this.stream = stream;
        input = PipeReader.Create(stream);
    }

    /// <summary>When it was last given back, on the agent's clock.</summary>
    public long GivenBack { get; set; }

    /// <summary>Whether the other side has closed it, or has said something unasked: a farewell.</summary>
    public bool IsStale
    {
        get
        {
            try
            {
                return saidMore || socket.Poll(0, SelectMode.SelectRead);
            }
            catch (SocketException)
            {
                return true;
            }
        }
    }

    /// <summary>Sends a question and reads its answer.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="EndpointProtocolException">The answer is too long or malformed.</exception>
    public async Task<byte[]> AskAsync(IFraming framing, ReadOnlyMemory<byte> frame, int longestAnswer, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var rest = read.Buffer;
            if (framing.TryTake(ref rest, longestAnswer, out var message))
            {
                var answer = message.ToArray();
                saidMore = !rest.IsEmpty;
                input.AdvanceTo(rest.Start);
                return answer;
            }

            input.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
                throw new EndOfStreamException("the other side closed the connection before it had answered");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await input.CompleteAsync().ConfigureAwait(false);
        await stream.DisposeAsync().ConfigureAwait(false);
        socket.Dispose();
    }
}
