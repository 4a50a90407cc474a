using System.Buffers;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Messages as lines, each ended by a line feed; a carriage return before it is not part of the line.</summary>
internal sealed class LineFraming : IFraming
{
    public const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    public static LineFraming Instance { get; } = new();

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

    // As StreamReader reads it, from which many agents come: the last line needs no end.
    public bool TryTakeLast(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = buffer;
        buffer = buffer.Slice(buffer.End);
        return !message.IsEmpty;
    }

    public void Write(ReadOnlySpan<byte> message, IBufferWriter<byte> output)
    {
        output.Write(message);
        output.Write([LineFeed]);
    }
}
