using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace AgentLift.Runtime;

/// <summary>A question that agents answer: its name and the forms of question and answer. The side that asks and the side that answers share it.</summary>
/// <typeparam name="TRequest">The question.</typeparam>
/// <typeparam name="TResponse">The answer.</typeparam>
public sealed record MessageContract<TRequest, TResponse>
{
    private const int LongestName = 255;

    /// <summary>States a contract.</summary>
    /// <param name="name">The operation's name, such as <c>lesson</c>; 1 to 255 bytes of UTF-8. It is also the operation's name in metrics.</param>
    /// <param name="request">The JSON form of the question, from a source-generated <c>JsonSerializerContext</c>.</param>
    /// <param name="response">The JSON form of the answer.</param>
    public MessageContract(string name, JsonTypeInfo<TRequest> request, JsonTypeInfo<TResponse> response)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Encoding.UTF8.GetByteCount(name), LongestName, nameof(name));
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(response);
        Name = name;
        Request = request;
        Response = response;
    }

    /// <summary>The operation's name.</summary>
    public string Name { get; }

    /// <summary>The JSON form of the question.</summary>
    public JsonTypeInfo<TRequest> Request { get; }

    /// <summary>The JSON form of the answer.</summary>
    public JsonTypeInfo<TResponse> Response { get; }

    /// <summary>Whether asking twice does no harm. Only then is a question asked again that may have been answered already. Not by default.</summary>
    public bool Repeatable { get; init; }
}
