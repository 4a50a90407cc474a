using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using AgentLift.Core.Data;
using AgentLift.Core.Settings;

namespace AgentLift.Migration.ParallelRun;

/// <summary>Reads and validates a transcript, JSON or YAML.</summary>
public static class TranscriptReader
{
    private const int MaxOffset = 10_000;
    private const int MaxAnswers = 10_000;
    private const int MaxAnswerBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Reads a transcript.</summary>
    /// <param name="path">The name of the file, for messages.</param>
    /// <param name="content">Its text.</param>
    /// <exception cref="DataException">The file breaks a rule; the problem names the line.</exception>
    public static Transcript Read(string path, string content)
    {
        var root = DataDocument.Read(new DataFile(path, content));
        root.AllowKeys("$schema", "agent", "ready", "endpoints", "ignore", "exchanges");
        var endpoints = root.Get("endpoints").Properties().ToImmutableDictionary(property => property.Key, property => ReadEndpoint(property.Value), StringComparer.Ordinal);
        return new Transcript(
            path,
            root.Get("agent").Text(),
            root.Find("ready") is { } ready ? ReadPattern(ready) : null,
            endpoints,
            root.Find("ignore") is { } ignore ? [.. ignore.Items().Select(ReadPattern)] : [],
            [.. root.Get("exchanges").Items().Select(node => ReadExchange(node, endpoints))]);
    }

    private static TranscriptEndpoint ReadEndpoint(DataNode node)
    {
        node.AllowKeys("protocol", "offset");
        return new TranscriptEndpoint(node.Get("protocol").OneOf<WireProtocol>(), node.Find("offset")?.WholeNumber(0, MaxOffset) ?? 0);
    }

    private static Regex ReadPattern(DataNode node)
    {
        try
        {
            return new Regex(node.Text(), RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (ArgumentException error)
        {
            throw node.Error($"'{node.Text()}' is not a regular expression: {error.Message}", "correct the expression");
        }
    }

    private static Exchange ReadExchange(DataNode node, ImmutableDictionary<string, TranscriptEndpoint> endpoints)
    {
        node.AllowKeys("endpoint", "pipelined", "anyOrder", "send");
        var name = node.Get("endpoint").Text();
        if (!endpoints.TryGetValue(name, out var endpoint))
            throw node.Get("endpoint").Error($"no endpoint is named '{name}'", "use one of: " + string.Join(", ", endpoints.Keys.Order(StringComparer.Ordinal)));
        var pipelined = node.BooleanOrFalse("pipelined");
        var anyOrder = node.BooleanOrFalse("anyOrder");
        if (anyOrder && !pipelined)
            throw node.Get("anyOrder").Error("answers can only come in another order where requests are pipelined", "add \"pipelined: true\" or take this out");
        if (pipelined && endpoint.Protocol == WireProtocol.Http)
            throw node.Get("pipelined").Error("HTTP requests are sent one after the other", "take this out");
        var requests = node.Get("send").Items().Select(item => endpoint.Protocol == WireProtocol.Http ? ReadHttp(item) : ReadMessage(item, endpoint.Protocol));
        return new Exchange(node.Line, name, pipelined, !anyOrder, [.. requests]);
    }

    private static WireRequest ReadMessage(DataNode node, WireProtocol protocol)
    {
        if (node.IsScalar)
            return Message(node, node.Text(), protocol, answers: 1, answerBytes: 0);
        node.AllowKeys("text", "base64", "answers", "answerBytes");
        var answers = node.Find("answers")?.WholeNumber(0, MaxAnswers) ?? 1;
        var answerBytes = node.Find("answerBytes")?.WholeNumber(1, MaxAnswerBytes) ?? 0;
        if (node.Find("base64") is not { } encoded)
            return Message(node, node.Get("text").Text(), protocol, answers, answerBytes);
        var bytes = new byte[encoded.Text().Length];
        return Convert.TryFromBase64String(encoded.Text(), bytes, out var length)
            ? new WireRequest(node.Line, $"{length} bytes", [.. bytes.AsSpan(0, length)], answers, answerBytes)
            : throw encoded.Error("this is not base64", "encode the bytes of the request");
    }

    // A request of text over TCP is a line.
    private static WireRequest Message(DataNode node, string text, WireProtocol protocol, int answers, int answerBytes) =>
        new(node.Line, text, [.. Encoding.UTF8.GetBytes(protocol == WireProtocol.Tcp ? text + "\n" : text)], answers, answerBytes);

    private static WireRequest ReadHttp(DataNode node)
    {
        if (node.IsScalar)
            return Http(node, node, string.Empty, null);
        node.AllowKeys("request", "body", "contentType");
        return Http(node, node.Get("request"), node.TextOrNull("body") ?? string.Empty, node.TextOrNull("contentType"));
    }

    private static WireRequest Http(DataNode node, DataNode request, string body, string? contentType)
    {
        var parts = request.Text().Split(' ');
        if (parts.Length != 2 || !parts[1].StartsWith('/'))
            throw request.Error($"'{request.Text()}' is no request", "write the method and the path, as in \"GET /health\"");
        return new WireRequest(node.Line, request.Text(), [.. Encoding.UTF8.GetBytes(body)], 1, 0) { Method = parts[0], Path = parts[1], ContentType = contentType };
    }
}
