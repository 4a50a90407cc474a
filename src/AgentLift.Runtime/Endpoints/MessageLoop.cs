using System.Buffers;
using System.IO.Pipelines;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Answers one message: writes the whole answer in its frame, or nothing.</summary>
internal delegate ValueTask MessageAnswer(ReadOnlySequence<byte> message, PipeWriter output, AgentOperation operation, CancellationToken cutOff);

/// <summary>Cuts what a connection sends into messages and answers one after the other, in their order.</summary>
/// <param name="framing">Where a message ends.</param>
/// <param name="begin">Begins the operation that a message is.</param>
/// <param name="answer">Answers it.</param>
/// <param name="farewell">What a draining endpoint says last, as a whole frame; empty for nothing.</param>
internal sealed class MessageLoop(IFraming framing, Func<AgentConnection, ReadOnlySequence<byte>, AgentOperation> begin, MessageAnswer answer, ReadOnlyMemory<byte> farewell = default)
{
    public async Task ServeAsync(AgentConnection connection)
    {
        var isFirst = true;
        while (true)
        {
            // Without a token: the transport completes both pipes when the connection is gone; its token is cancelled as soon as the peer ends its side,
            // and what the peer sent before that is still to be answered.
            var read = await connection.Input.ReadAsync().ConfigureAwait(false);
            var rest = read.Buffer;
            while (framing.TryTake(ref rest, connection.Endpoint.MaxMessageBytes, out var message))
            {
                await AnswerAsync(connection, isFirst ? framing.WithoutPreamble(message) : message).ConfigureAwait(false);
                isFirst = false;
            }

            if (read.IsCompleted && framing.TryTakeLast(ref rest, out var last))
                await AnswerAsync(connection, isFirst ? framing.WithoutPreamble(last) : last).ConfigureAwait(false);

            // Once for all messages that came together, and before what may wait for a peer that does not read.
            connection.EndAnswers();
            connection.Input.AdvanceTo(rest.Start, rest.End);
            if (read.IsCanceled && !farewell.IsEmpty)
                connection.Output.Write(farewell.Span);
            var flushed = await connection.Output.FlushAsync().ConfigureAwait(false);
            if (read.IsCompleted || read.IsCanceled || flushed.IsCompleted)
                return;
        }
    }

    private async ValueTask AnswerAsync(AgentConnection connection, ReadOnlySequence<byte> message)
    {
        using var operation = begin(connection, message);
        connection.BeginAnswer();
        try
        {
            await answer(message, connection.Output, operation, connection.Endpoint.CutOff).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            operation.Fail(error);
            throw;
        }
    }
}
