using System.Buffers;
using System.Buffers.Binary;
using AgentLift.Runtime.Endpoints;

namespace AgentLift.Runtime;

/// <summary>How a length-prefixed message states its length.</summary>
public sealed record FrameFormat : IFraming
{
    /// <summary>Four bytes, the most significant first: the order of the network, and what messages between agents use.</summary>
    public static FrameFormat BigEndian32 { get; } = new();

    /// <summary>Four bytes, the least significant first: what <see cref="BinaryWriter"/> writes.</summary>
    public static FrameFormat LittleEndian32 { get; } = new() { LittleEndian = true };

    /// <summary>Bytes of the length: 2 or 4; 4 by default.</summary>
    public int LengthBytes
    {
        get;
        init => field = value is 2 or 4 ? value : throw new ArgumentOutOfRangeException(nameof(LengthBytes), value, "A length takes 2 or 4 bytes.");
    } = sizeof(uint);

    /// <summary>Whether the least significant byte comes first; not by default.</summary>
    public bool LittleEndian { get; init; }

    /// <summary>Whether the length counts its own bytes too; not by default.</summary>
    public bool CountsItself { get; init; }

    bool IFraming.TryTake(ref ReadOnlySequence<byte> buffer, int longest, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < LengthBytes)
            return false;
        Span<byte> prefix = stackalloc byte[LengthBytes];
        buffer.Slice(0, LengthBytes).CopyTo(prefix);
        var length = Read(prefix) - (CountsItself ? LengthBytes : 0);
        if (length < 0)
            throw new EndpointProtocolException("a frame states a length less than that of its own prefix");
        if (length > longest)
            throw new EndpointProtocolException($"a frame of {length} bytes was announced; {longest} are allowed");
        if (buffer.Length - LengthBytes < length)
            return false;
        message = buffer.Slice(LengthBytes, length);
        buffer = buffer.Slice(message.End);
        return true;
    }

    void IFraming.Write(ReadOnlySpan<byte> message, IBufferWriter<byte> output)
    {
        WritePrefix(message.Length, output);
        output.Write(message);
    }

    private void WritePrefix(int length, IBufferWriter<byte> output)
    {
        var stated = (long)length + (CountsItself ? LengthBytes : 0);
        if (LengthBytes == sizeof(ushort) && stated > ushort.MaxValue)
            throw new EndpointProtocolException($"an answer of {length} bytes does not fit a length of {LengthBytes} bytes");
        var prefix = output.GetSpan(LengthBytes)[..LengthBytes];
        switch (LengthBytes, LittleEndian)
        {
            case (sizeof(ushort), true):
                BinaryPrimitives.WriteUInt16LittleEndian(prefix, (ushort)stated);
                break;
            case (sizeof(ushort), false):
                BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)stated);
                break;
            case (_, true):
                BinaryPrimitives.WriteUInt32LittleEndian(prefix, (uint)stated);
                break;
            default:
                BinaryPrimitives.WriteUInt32BigEndian(prefix, (uint)stated);
                break;
        }

        output.Advance(LengthBytes);
    }

    private long Read(ReadOnlySpan<byte> prefix) => (LengthBytes, LittleEndian) switch
    {
        (sizeof(ushort), true) => BinaryPrimitives.ReadUInt16LittleEndian(prefix),
        (sizeof(ushort), false) => BinaryPrimitives.ReadUInt16BigEndian(prefix),
        (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(prefix),
        _ => BinaryPrimitives.ReadUInt32BigEndian(prefix),
    };
}
