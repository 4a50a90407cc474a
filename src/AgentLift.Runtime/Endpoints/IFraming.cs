using System.Buffers;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Where a message ends within a stream of bytes.</summary>
internal interface IFraming
{
    /// <summary>Takes the next whole message off the buffer.</summary>
    /// <param name="buffer">What was received; begins after the message where one was taken.</param>
    /// <param name="longest">The longest message allowed, in bytes.</param>
    /// <param name="message">The message without its frame.</param>
    /// <returns>Whether there was a whole one.</returns>
    /// <exception cref="EndpointProtocolException">It is too long or malformed.</exception>
    bool TryTake(ref ReadOnlySequence<byte> buffer, int longest, out ReadOnlySequence<byte> message);

    /// <summary>Takes what is left when the peer has ended its side, where that counts as a message.</summary>
    bool TryTakeLast(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;
        return false;
    }

    /// <summary>The first message of a connection without what only says how it is encoded.</summary>
    ReadOnlySequence<byte> WithoutPreamble(ReadOnlySequence<byte> first) => first;

    /// <summary>Writes a message in its frame.</summary>
    /// <exception cref="EndpointProtocolException">It does not fit the frame.</exception>
    void Write(ReadOnlySpan<byte> message, IBufferWriter<byte> output);
}
