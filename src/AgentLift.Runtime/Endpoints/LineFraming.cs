using System.Buffers;
using System.Text;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Messages as lines, each ended by a line feed; a carriage return before it is not part of the line.</summary>
/// <param name="newLine">What ends a line that is written.</param>
internal sealed class LineFraming(string newLine) : IFraming
{
    public const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    // Its bytes fit one block of a pipe, whatever the characters are.
    private const int ShortLine = 1024;

    private readonly byte[] end = Encoding.UTF8.GetBytes(newLine);

    public static LineFraming Instance { get; } = new("\n");

    /// <summary>Writes text as a line.</summary>
    public void Write(string line, IBufferWriter<byte> output)
    {
        if (line.Length > ShortLine)
        {
            Encoding.UTF8.GetBytes(line, output);
            output.Write(end);
            return;
        }

        // Both at once: a pipe takes a lock for each part.
        var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(line.Length) + end.Length);
        var length = Encoding.UTF8.GetBytes(line, span);
        end.CopyTo(span[length..]);
        output.Advance(length + end.Length);
    }

    public bool TryTake(ref ReadOnlySequence<byte> buffer, int longest, out ReadOnlySequence<byte> message)
    {
        // Mostly a line lies in one piece, and a piece is searched and cut faster than a sequence.
        var first = buffer.FirstSpan;
        var length = first.IndexOf(LineFeed);
        if (length >= 0 && length <= longest)
        {
            message = buffer.Slice(0, length > 0 && first[length - 1] == CarriageReturn ? length - 1 : length);
            buffer = buffer.Slice(length + 1);
            return true;
        }

        return TryTakeOfPieces(ref buffer, longest, out message);
    }

    public void Write(ReadOnlySpan<byte> message, IBufferWriter<byte> output)
    {
        output.Write(message);
        output.Write(end);
    }

    private static bool TryTakeOfPieces(ref ReadOnlySequence<byte> buffer, int longest, out ReadOnlySequence<byte> message)
    {
        var end = buffer.PositionOf(LineFeed);
        message = end is { } position ? buffer.Slice(0, position) : buffer;
        if (message.Length > longest)
            throw new EndpointProtocolException($"a line of more than {longest} bytes was sent");
        if (end is not { } found)
            return false;
        buffer = buffer.Slice(buffer.GetPosition(1, found));
        message = WithoutCarriageReturn(message);
        return true;
    }

    private static ReadOnlySequence<byte> WithoutCarriageReturn(ReadOnlySequence<byte> line) =>
        !line.IsEmpty && line.Slice(line.Length - 1).FirstSpan[0] == CarriageReturn ? line.Slice(0, line.Length - 1) : line;

    // As StreamReader reads it, from which many agents come: the last line needs no end.
    public bool TryTakeLast(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = WithoutCarriageReturn(buffer);
        var isThere = !buffer.IsEmpty;
        buffer = buffer.Slice(buffer.End);
        return isThere;
    }

    // As StreamReader does; clients that write with Encoding.UTF8 begin with it.
    public ReadOnlySequence<byte> WithoutPreamble(ReadOnlySequence<byte> first)
    {
        var preamble = Encoding.UTF8.Preamble;
        if (first.Length < preamble.Length)
            return first;
        Span<byte> begin = stackalloc byte[preamble.Length];
        first.Slice(0, preamble.Length).CopyTo(begin);
        return begin.SequenceEqual(preamble) ? first.Slice(preamble.Length) : first;
    }
}
