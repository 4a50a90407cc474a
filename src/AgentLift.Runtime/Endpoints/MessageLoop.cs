using System.Buffers;

namespace AgentLift.Runtime.Endpoints;

/// <summary>Cuts what a connection sends into messages and answers one after the other, in their order.</summary>
/// <param name="protocol">Where a message ends, and how it is answered.</param>
/// <param name="begin">Begins the operation that a message is.</param>
internal sealed class MessageLoop(IMessageProtocol protocol, Func<string, AgentOperation> begin)
{
    public async Task ServeAsync(AgentConnection connection)
    {
        while (true)
        {
            var read = await connection.Input.ReadAsync(connection.Closed).ConfigureAwait(false);
            var rest = read.Buffer;
            while (protocol.TryTake(ref rest, connection.MaxMessageBytes, out var message))
                await AnswerAsync(connection, message).ConfigureAwait(false);

            connection.Input.AdvanceTo(rest.Start, rest.End);
            var flushed = await connection.Output.FlushAsync(connection.Closed).ConfigureAwait(false);
            if (read.IsCompleted || read.IsCanceled || flushed.IsCompleted)
                return;
        }
    }

    private async ValueTask AnswerAsync(AgentConnection connection, ReadOnlySequence<byte> message)
    {
        using var operation = begin(connection.Endpoint.Name);
        connection.BeginAnswer();
        try
        {
            await protocol.AnswerAsync(message, connection.Output, connection.Closed).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            operation.Fail(error);
            throw;
        }
        finally
        {
            connection.EndAnswer();
        }
    }
}
