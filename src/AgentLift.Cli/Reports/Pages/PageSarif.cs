using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentLift.Cli.Reports.Json;
using AgentLift.Cli.Reports.Sarif;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>The places that a page names, as one SARIF 2.1.0 run.</summary>
internal static class PageSarif
{
    public static void Write(Page page, Func<string, string?> rulePageOf, TextWriter output) => JsonText.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", page.Tool.Split(' ')[0]);
        json.WriteString("version", page.Tool.Split(' ')[^1]);
        SarifRules.Write(json, rulePageOf);
        json.WriteEndObject();
        json.WriteEndObject();
        WriteInvocation(json, page);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var place in page.Places)
            WriteResult(json, place);
        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteString("target", page.Target);
        json.WriteString("summary", page.Lead);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteInvocation(Utf8JsonWriter json, Page page)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", page.Errors.IsEmpty);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var error in page.Errors)
            SarifNotifications.Write(json, error);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, PagePlace place)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", place.Rule.Id);
        json.WriteNumber("ruleIndex", SarifRules.IndexOf(place.Rule));
        json.WriteString("level", place.IsProblem ? "error" : SarifRules.Level(place.Rule.Severity));
        json.WriteStartObject("message");
        json.WriteString("text", place.Message);
        json.WriteEndObject();
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        SarifResults.WriteArtifact(json, place.Place.File);
        json.WriteStartObject("region");
        json.WriteNumber("startLine", place.Place.Line);
        json.WriteNumber("startColumn", place.Place.Column);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("agentlift.left/v1", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{place.Rule.Id}\n{place.Agent}\n{place.Place.File}\n{place.Message}")))[..32]);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
