using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AgentLift.Core.Data;

namespace AgentLift.Migration.ParallelRun;

/// <summary>Answers of one side, kept in a file, so that a later form can be compared with them when the old one is gone. JSON; answers that are text are kept as text.</summary>
public static class Recording
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The text of a recording.</summary>
    public static string Write(Observation observation) => JsonSerializer.Serialize(
        new FileContent(
            observation.StartToReady.TotalMilliseconds,
            observation.PeakThreads,
            observation.PeakMemory,
            observation.Exit.Code,
            observation.Exit.After.TotalMilliseconds,
            [.. observation.Exchanges.Select(exchange => new FileExchange([.. exchange.Answers.Select(Answer)], Bytes(exchange.Rest), exchange.Closed))]),
        Json) + "\n";

    /// <summary>Reads a recording of a transcript.</summary>
    /// <param name="path">The name of the file, for messages.</param>
    /// <param name="content">Its text.</param>
    /// <param name="transcript">What was asked.</param>
    /// <exception cref="DataException">It is no recording, or one of another transcript.</exception>
    public static Observation Read(string path, string content, Transcript transcript)
    {
        FileContent? file;
        try
        {
            file = JsonSerializer.Deserialize<FileContent>(content, Json);
        }
        catch (JsonException error)
        {
            throw new DataException(new DataProblem(path, (int)(error.LineNumber ?? 0) + 1, "not a recording: " + error.Message, "make it anew with --record"));
        }

        if (file?.Exchanges.Length != transcript.Exchanges.Length || file.Exchanges.Zip(transcript.Exchanges).Any(pair => pair.First.Answers.Any(answer => answer.Request >= pair.Second.Requests.Length)))
            throw new DataException(new DataProblem(path, 1, $"it was made from another transcript than {transcript.File}", "make it anew with --record"));
        return new Observation(
            TimeSpan.FromMilliseconds(file.StartToReadyMilliseconds),
            [.. file.Exchanges.Select(exchange => new ObservedExchange([.. exchange.Answers.Select(Answer)], Bytes(exchange.Rest), exchange.Closed))],
            file.PeakThreads,
            file.PeakMemoryBytes,
            new ObservedExit(file.ExitCode, TimeSpan.FromMilliseconds(file.ExitMilliseconds)));
    }

    private static FileAnswer Answer(ObservedAnswer answer) => new(answer.Request, answer.Latency.TotalMilliseconds, answer.Bytes.IsDefault ? null : Bytes(answer.Bytes));

    private static ObservedAnswer Answer(FileAnswer answer) =>
        new(answer.Request, answer.Content is { } content ? Bytes(content) : default, TimeSpan.FromMilliseconds(answer.Milliseconds));

    private static FileBytes Bytes(ImmutableArray<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes.AsSpan());
        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes.AsSpan()) ? new FileBytes(text, null) : new FileBytes(null, Convert.ToBase64String(bytes.AsSpan()));
    }

    private static ImmutableArray<byte> Bytes(FileBytes bytes) =>
        bytes.Base64 is { } encoded ? [.. Convert.FromBase64String(encoded)] : [.. Encoding.UTF8.GetBytes(bytes.Text ?? string.Empty)];

    private sealed record FileContent(double StartToReadyMilliseconds, int PeakThreads, long PeakMemoryBytes, int? ExitCode, double ExitMilliseconds, FileExchange[] Exchanges);

    private sealed record FileExchange(FileAnswer[] Answers, FileBytes Rest, bool Closed);

    private sealed record FileAnswer(int Request, double Milliseconds, FileBytes? Content);

    private sealed record FileBytes(string? Text, string? Base64);
}
