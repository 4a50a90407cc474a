using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Endpoints;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Messaging;

/// <summary>
/// Answers typed questions. On the wire a question is a frame of one byte with the length of the operation's name, the name, and JSON;
/// an answer is a frame of one byte with its <see cref="MessageStatus"/>, and JSON or a text.
/// </summary>
internal sealed class MessageAnswers(MessageRoutes routes, string endpoint, AgentContext agent, ILogger logger)
{
    public static IFraming Framing { get; } = FrameFormat.BigEndian32;

    /// <summary>What an endpoint that drains says last: a question that crosses it on the wire was not looked at.</summary>
    public static ReadOnlyMemory<byte> Farewell { get; } = FrameOf(MessageStatus.Draining, "it drains");

    /// <summary>The operation that a frame asks for; one name for all that are unknown, so that no peer can make series of metrics.</summary>
    public string OperationOf(ReadOnlySequence<byte> message) => TryReadName(message, out var name, out _) && routes.Find(name) is not null ? name : "unknown";

    public async ValueTask AnswerAsync(ReadOnlySequence<byte> message, PipeWriter output, AgentOperation operation, CancellationToken cutOff)
    {
        var answer = new ArrayBufferWriter<byte>();
        if (!TryReadName(message, out var name, out var body))
            State(answer, MessageStatus.Malformed, "the frame names no operation");
        else if (routes.Find(name) is not { } handler)
            State(answer, MessageStatus.UnknownOperation, $"it answers {string.Join(", ", routes.Names)}");
        else
            await AnswerAsync(handler, name, body, answer, operation, cutOff).ConfigureAwait(false);
        Framing.Write(answer.WrittenSpan, output);
    }

    private async ValueTask AnswerAsync(
        Func<ReadOnlySequence<byte>, IBufferWriter<byte>, CancellationToken, ValueTask> handler,
        string name,
        ReadOnlySequence<byte> body,
        ArrayBufferWriter<byte> answer,
        AgentOperation operation,
        CancellationToken cutOff)
    {
        try
        {
            await handler(body, answer, cutOff).ConfigureAwait(false);
        }
        catch (JsonException error)
        {
            operation.Fail(error);
            State(answer, MessageStatus.Malformed, error.Message);
        }
        catch (OperationCanceledException) when (cutOff.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The side that asked is told, the log and the metrics are; the connection goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            operation.Fail(error);
            agent.Metrics.ConnectionFailed(endpoint, error);
            AgentLog.MessageFailed(logger, error, agent.Name, name);
            State(answer, MessageStatus.Failed, $"{error.GetType().Name}: {error.Message}");
        }
    }

    private static void State(ArrayBufferWriter<byte> answer, MessageStatus status, string text)
    {
        answer.ResetWrittenCount();
        answer.Write([(byte)status]);
        Encoding.UTF8.GetBytes(text, answer);
    }

    private static byte[] FrameOf(MessageStatus status, string text)
    {
        var answer = new ArrayBufferWriter<byte>();
        State(answer, status, text);
        var frame = new ArrayBufferWriter<byte>();
        Framing.Write(answer.WrittenSpan, frame);
        return frame.WrittenSpan.ToArray();
    }

    private static bool TryReadName(ReadOnlySequence<byte> message, out string name, out ReadOnlySequence<byte> body)
    {
        name = string.Empty;
        body = default;
        if (message.IsEmpty)
            return false;
        var length = message.FirstSpan[0];
        if (length == 0 || message.Length < 1 + length)
            return false;
        name = Encoding.UTF8.GetString(message.Slice(1, length));
        body = message.Slice(1 + length);
        return true;
    }
}
