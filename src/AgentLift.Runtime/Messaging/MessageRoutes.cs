using System.Buffers;
using System.Text;
using System.Text.Json;
using AgentLift.Runtime.Messaging;

namespace AgentLift.Runtime;

/// <summary>The questions that one endpoint answers.</summary>
public sealed class MessageRoutes
{
    private readonly Dictionary<string, Func<ReadOnlySequence<byte>, IBufferWriter<byte>, CancellationToken, ValueTask>> handlers = new(StringComparer.Ordinal);

    internal MessageRoutes()
    {
    }

    /// <summary>The names of the questions, in order.</summary>
    internal IEnumerable<string> Names => handlers.Keys.Order(StringComparer.Ordinal);

    /// <summary>Answers a question. Several may be answered at once. An exception goes to the log, to metrics, and as its message to the side that asked.</summary>
    /// <typeparam name="TRequest">The question.</typeparam>
    /// <typeparam name="TResponse">The answer.</typeparam>
    /// <param name="contract">The question's name and form.</param>
    /// <param name="handler">Answers it. The token is cancelled when the time to drain is over.</param>
    /// <returns>The same routes.</returns>
    /// <exception cref="ArgumentException">A question of that name is answered already.</exception>
    public MessageRoutes Answer<TRequest, TResponse>(MessageContract<TRequest, TResponse> contract, Func<TRequest, CancellationToken, ValueTask<TResponse>> handler)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(handler);
        if (!handlers.TryAdd(contract.Name, AnswerAsync))
            throw new ArgumentException($"A question called {contract.Name} is answered already.", nameof(contract));
        return this;

        async ValueTask AnswerAsync(ReadOnlySequence<byte> body, IBufferWriter<byte> output, CancellationToken cutOff)
        {
            var answer = await handler(Read(contract, body), cutOff).ConfigureAwait(false);
            output.Write([(byte)MessageStatus.Answered]);
            using var writer = new Utf8JsonWriter(output);
            JsonSerializer.Serialize(writer, answer, contract.Response);
        }
    }

    internal Func<ReadOnlySequence<byte>, IBufferWriter<byte>, CancellationToken, ValueTask>? Find(string name) => handlers.GetValueOrDefault(name);

    private static TRequest Read<TRequest, TResponse>(MessageContract<TRequest, TResponse> contract, ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        return JsonSerializer.Deserialize(ref reader, contract.Request)
            ?? throw new JsonException($"The question {contract.Name} is null.");
    }
}
