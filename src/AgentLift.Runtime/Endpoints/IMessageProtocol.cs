using System.Buffers;
using System.IO.Pipelines;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Where a message ends, and how it is answered.</summary>
internal interface IMessageProtocol
{
    /// <summary>Takes the next whole message off the buffer.</summary>
    /// <param name="buffer">What was received; begins after the message where one was taken.</param>
    /// <param name="longest">The longest message allowed, in bytes.</param>
    /// <param name="message">The message without its frame.</param>
    /// <returns>Whether there was a whole one.</returns>
    /// <exception cref="EndpointProtocolException">It is too long or malformed.</exception>
    bool TryTake(ref ReadOnlySequence<byte> buffer, int longest, out ReadOnlySequence<byte> message);

    /// <summary>Answers a message; writes the whole answer or nothing.</summary>
    ValueTask AnswerAsync(ReadOnlySequence<byte> message, PipeWriter output, CancellationToken closed);
}
