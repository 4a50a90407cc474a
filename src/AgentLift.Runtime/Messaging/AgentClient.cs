using System.Buffers;
using System.Text;
using System.Text.Json;
using AgentLift.Runtime.Endpoints;
using AgentLift.Runtime.Messaging;

namespace AgentLift.Runtime;

/// <summary>
/// Asks another agent, wherever the directory says it is. Each question has a time-out, is tried again where that does no harm, by another instance where there is one,
/// and leaves an instance alone that failed several times in a row. Connections are kept and used again.
/// </summary>
public sealed class AgentClient
{
    private readonly string agent;
    private readonly CallRoute route;

    internal AgentClient(string agent, CallRoute route)
    {
        this.agent = agent;
        this.route = route;
    }

    /// <summary>Asks a typed question of an endpoint that answers messages (<see cref="BaseAgent.ListenMessages"/>).</summary>
    /// <typeparam name="TRequest">The question.</typeparam>
    /// <typeparam name="TResponse">The answer.</typeparam>
    /// <param name="contract">The question's name and form.</param>
    /// <param name="request">The question.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="AgentCallException">There is none; <see cref="AgentCallException.Failure"/> says why.</exception>
    public async ValueTask<TResponse> AskAsync<TRequest, TResponse>(
        MessageContract<TRequest, TResponse> contract, TRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var question = new Question(contract.Name, MessageAnswers.Framing, FrameOf(contract, request), contract.Repeatable, IsFarewell, answer => Check(contract.Name, answer));
        var answer = await route.AskAsync(question, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(answer.AsSpan(1), contract.Response) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException error)
        {
            throw new AgentCallException(agent, contract.Name, AgentCallFailure.Disagreement, $"the answer is not what the contract says: {error.Message}", error);
        }
    }

    /// <summary>Sends a line to an endpoint that answers lines (<see cref="BaseAgent.ListenLines(string, Func{string, string}, EndpointOptions, string)"/>, or a legacy agent) and reads one line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="repeatable">Whether asking twice does no harm.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer, without its end.</returns>
    /// <exception cref="ArgumentException">The line holds a line feed.</exception>
    /// <exception cref="AgentCallException">There is no answer; <see cref="AgentCallException.Failure"/> says why.</exception>
    public async ValueTask<string> AskLineAsync(string line, bool repeatable = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Contains('\n'))
            throw new ArgumentException("A line feed would make two questions of one.", nameof(line));
        var frame = new ArrayBufferWriter<byte>();
        LineFraming.Instance.Write(Encoding.UTF8.GetBytes(line), frame);
        var question = new Question("line", LineFraming.Instance, frame.WrittenMemory, repeatable, static _ => false, static _ => { });
        return Encoding.UTF8.GetString(await route.AskAsync(question, cancellationToken).ConfigureAwait(false));
    }

    private static ReadOnlyMemory<byte> FrameOf<TRequest, TResponse>(MessageContract<TRequest, TResponse> contract, TRequest request)
    {
        var message = new ArrayBufferWriter<byte>();
        message.Write([(byte)Encoding.UTF8.GetByteCount(contract.Name)]);
        Encoding.UTF8.GetBytes(contract.Name, message);
        using (var writer = new Utf8JsonWriter(message))
            JsonSerializer.Serialize(writer, request, contract.Request);
        var frame = new ArrayBufferWriter<byte>(message.WrittenCount + sizeof(uint));
        MessageAnswers.Framing.Write(message.WrittenSpan, frame);
        return frame.WrittenMemory;
    }

    private static bool IsFarewell(byte[] answer) => StatusOf(answer) == MessageStatus.Draining;

    private static MessageStatus StatusOf(byte[] answer) => answer.Length == 0 ? (MessageStatus)byte.MaxValue : (MessageStatus)answer[0];

    private void Check(string operation, byte[] answer)
    {
        var status = StatusOf(answer);
        if (status == MessageStatus.Answered)
            return;
        var failure = status switch
        {
            MessageStatus.Failed => AgentCallFailure.Failed,
            MessageStatus.Draining => AgentCallFailure.Draining,
            _ => AgentCallFailure.Disagreement,
        };
        var text = status switch
        {
            MessageStatus.UnknownOperation => "it knows no such question; ",
            MessageStatus.Malformed => "it does not understand the question; ",
            MessageStatus.Failed or MessageStatus.Draining => string.Empty,
            _ => "its answer has no known status ",
        };
        throw new AgentCallException(agent, operation, failure, text + (answer.Length > 1 ? Encoding.UTF8.GetString(answer.AsSpan(1)) : string.Empty));
    }
}
