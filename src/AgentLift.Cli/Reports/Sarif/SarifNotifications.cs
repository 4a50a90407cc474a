using System.Text.Json;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Sarif;

/// <summary>Assessment errors as notifications of the tool.</summary>
internal static class SarifNotifications
{
    /// <summary>Writes one error.</summary>
    public static void Write(Utf8JsonWriter json, AssessmentError error)
    {
        json.WriteStartObject();
        json.WriteString("level", "error");
        json.WriteStartObject("message");
        json.WriteString("text", $"{Phrases.Sentence(error.Message)} Next: {Phrases.Sentence(error.NextStep)}");
        json.WriteEndObject();
        if (error.File is { Length: > 0 } file)
            WriteLocation(json, file, error.Line);
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, string file, int? line)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        SarifResults.WriteArtifact(json, file);
        if (line is { } start)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", start);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
