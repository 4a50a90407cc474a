using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Requests and answers as lines of UTF-8, each ended by a line feed; a carriage return before it is not part of the line.</summary>
internal sealed class LineProtocol(Func<string, CancellationToken, ValueTask<string?>> answer) : IMessageProtocol
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    public bool TryTake(ref ReadOnlySequence<byte> buffer, int longest, out ReadOnlySequence<byte> message)
    {
        var end = buffer.PositionOf(LineFeed);
        message = end is { } position ? buffer.Slice(0, position) : buffer;
        if (message.Length > longest)
            throw new EndpointProtocolException($"a line of more than {longest} bytes was sent");
        if (end is not { } found)
            return false;
        buffer = buffer.Slice(buffer.GetPosition(1, found));
        if (!message.IsEmpty && message.Slice(message.Length - 1).FirstSpan[0] == CarriageReturn)
            message = message.Slice(0, message.Length - 1);
        return true;
    }

    public async ValueTask AnswerAsync(ReadOnlySequence<byte> message, PipeWriter output, CancellationToken closed)
    {
        if (await answer(Encoding.UTF8.GetString(message), closed).ConfigureAwait(false) is not { } reply)
            return;
        Encoding.UTF8.GetBytes(reply, output);
        output.Write([LineFeed]);
    }
}
