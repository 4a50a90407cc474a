using System.Text.Json;
using AgentLift.Cli.Reports.Json;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Cli.Reports.Comparisons;

/// <summary>A parallel run as JSON for other programs.</summary>
internal static class ComparisonJson
{
    public static void Write(Comparison comparison, TextWriter output) => JsonText.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("agent", comparison.Transcript.Agent);
        json.WriteString("transcript", comparison.Transcript.File);
        json.WriteNumber("answers", comparison.Answers);
        json.WriteStartArray("differences");
        foreach (var difference in comparison.Differences)
        {
            json.WriteStartObject();
            if (difference.Line > 0)
                json.WriteNumber("line", difference.Line);
            json.WriteString("request", difference.Request);
            json.WriteString("old", difference.Old);
            json.WriteString("new", difference.New);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteSide(json, "old", comparison.Old);
        WriteSide(json, "new", comparison.New);
        json.WriteEndObject();
    });

    private static void WriteSide(Utf8JsonWriter json, string name, Observation side)
    {
        json.WriteStartObject(name);
        json.WriteNumber("startToReadyMilliseconds", Math.Round(side.StartToReady.TotalMilliseconds, 1));
        WriteMilliseconds(json, "medianAnswerMilliseconds", Comparison.Median(side.Latencies));
        WriteMilliseconds(json, "percentile95AnswerMilliseconds", Comparison.Percentile(side.Latencies, 0.95));
        json.WriteNumber("peakThreads", side.PeakThreads);
        json.WriteNumber("peakMemoryBytes", side.PeakMemory);
        if (side.Exit.Code is { } code)
            json.WriteNumber("exitCode", code);
        else
            json.WriteNull("exitCode");
        json.WriteNumber("signalToEndMilliseconds", Math.Round(side.Exit.After.TotalMilliseconds, 1));
        json.WriteEndObject();
    }

    private static void WriteMilliseconds(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsNaN(value))
            json.WriteNull(name);
        else
            json.WriteNumber(name, Math.Round(value, 3));
    }
}
