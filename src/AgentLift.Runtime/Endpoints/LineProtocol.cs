using System.Buffers;
using System.Text;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Requests and answers as lines of UTF-8, each ended by a line feed; a carriage return before it is not part of the line.</summary>
internal sealed class LineProtocol(Func<string, CancellationToken, ValueTask<string?>> answer, Func<string, AgentOperation> begin)
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    public async Task ServeAsync(AgentConnection connection)
    {
        while (true)
        {
            var read = await connection.Input.ReadAsync(connection.Closed).ConfigureAwait(false);
            connection.Heard();
            var rest = read.Buffer;
            while (TryTakeLine(ref rest, connection.MaxMessageBytes, out var line))
                await AnswerAsync(connection, line).ConfigureAwait(false);

            connection.Input.AdvanceTo(rest.Start, rest.End);
            var flushed = await connection.Output.FlushAsync(connection.Closed).ConfigureAwait(false);
            if (read.IsCompleted || read.IsCanceled || flushed.IsCompleted)
                return;
        }
    }

    private async ValueTask AnswerAsync(AgentConnection connection, string line)
    {
        using var operation = begin(connection.Endpoint.Name);
        try
        {
            if (await answer(line, connection.Closed).ConfigureAwait(false) is { } reply)
            {
                Encoding.UTF8.GetBytes(reply, connection.Output);
                connection.Output.Write([LineFeed]);
            }
        }
        catch (Exception error)
        {
            operation.Fail(error);
            throw;
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, int longest, out string line)
    {
        var end = buffer.PositionOf(LineFeed);
        var length = end is { } position ? buffer.Slice(0, position).Length : buffer.Length;
        if (length > longest)
            throw new EndpointProtocolException($"a line of more than {longest} bytes was sent");
        if (end is not { } found)
        {
            line = string.Empty;
            return false;
        }

        var bytes = buffer.Slice(0, found);
        if (!bytes.IsEmpty && bytes.Slice(bytes.Length - 1).FirstSpan[0] == CarriageReturn)
            bytes = bytes.Slice(0, bytes.Length - 1);
        line = Encoding.UTF8.GetString(bytes);
        buffer = buffer.Slice(buffer.GetPosition(1, found));
        return true;
    }
}
