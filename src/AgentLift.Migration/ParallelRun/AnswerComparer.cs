using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace AgentLift.Migration.ParallelRun;

/// <summary>Compares what two sides answered, byte by byte, but for what the transcript says may differ.</summary>
public static class AnswerComparer
{
    /// <summary>Compares two observations of one transcript: the answers, and how the processes ended.</summary>
    public static Comparison Compare(Transcript transcript, Observation old, Observation @new)
    {
        var differences = CompareAnswers(transcript, old, @new);
        if (old.Exit.Code != @new.Exit.Code)
            differences = differences.Add(new Difference(0, "end of the process", Shown(old.Exit), Shown(@new.Exit)));
        return new Comparison(transcript, old, @new, differences);
    }

    /// <summary>Compares what two observations of one transcript show on the wire.</summary>
    public static ImmutableArray<Difference> CompareAnswers(Transcript transcript, Observation old, Observation @new)
    {
        var differences = ImmutableArray.CreateBuilder<Difference>();
        for (var i = 0; i < transcript.Exchanges.Length; i++)
            Compare(transcript, transcript.Exchanges[i], old.Exchanges[i], @new.Exchanges[i], differences);
        return differences.ToImmutable();
    }

    private static void Compare(Transcript transcript, Exchange exchange, ObservedExchange old, ObservedExchange @new, ImmutableArray<Difference>.Builder differences)
    {
        var before = Answers(transcript, exchange, old);
        var after = Answers(transcript, exchange, @new);
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            var (request, one) = i < before.Count ? before[i] : (after[i].Request, null);
            var other = i < after.Count ? after[i].Text : null;
            if (one != other)
                differences.Add(new Difference(exchange.Requests[request].Line, exchange.Requests[request].Shown, AnswerText.Shown(one, other), AnswerText.Shown(other, one)));
        }

        var (rest, newRest) = (Text(transcript, old.Rest), Text(transcript, @new.Rest));
        if (rest != newRest)
            differences.Add(new Difference(exchange.Line, "after the last answer", AnswerText.Shown(rest, newRest), AnswerText.Shown(newRest, rest)));
        if (old.Closed != @new.Closed)
            differences.Add(new Difference(exchange.Line, "end of the connection", Ended(old), Ended(@new)));
    }

    private static List<(int Request, string? Text)> Answers(Transcript transcript, Exchange exchange, ObservedExchange observed)
    {
        var answers = observed.Answers.Select(answer => (answer.Request, Text: Text(transcript, answer.Bytes)));
        return exchange.OrderKept ? [.. answers] : [.. answers.OrderBy(answer => answer.Text, StringComparer.Ordinal)];
    }

    // Latin-1 has a character for every byte, so that nothing is lost where an answer is no text.
    private static string? Text(Transcript transcript, ImmutableArray<byte> bytes) =>
        bytes.IsDefault ? null : transcript.Ignore.Aggregate(Encoding.Latin1.GetString(bytes.AsSpan()), (text, pattern) => pattern.Replace(text, string.Empty));

    private static string Ended(ObservedExchange exchange) => exchange.Closed ? "the agent hangs up" : "the agent leaves it open";

    private static string Shown(ObservedExit exit) => exit.Code is { } code ? $"exit code {code}" : "does not end when asked to";
}
