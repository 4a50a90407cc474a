using System.Buffers;
using System.IO.Pipelines;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Requests and answers as bytes, each behind its length.</summary>
internal sealed class FrameProtocol(FrameFormat format, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]?>> answer) : IMessageProtocol
{
    public bool TryTake(ref ReadOnlySequence<byte> buffer, int longest, out ReadOnlySequence<byte> message) => format.TryTake(ref buffer, longest, out message);

    public async ValueTask AnswerAsync(ReadOnlySequence<byte> message, PipeWriter output, CancellationToken closed)
    {
        var request = message.IsSingleSegment ? message.First : message.ToArray();
        if (await answer(request, closed).ConfigureAwait(false) is not { } reply)
            return;
        format.WritePrefix(reply.Length, output);
        output.Write(reply);
    }
}
