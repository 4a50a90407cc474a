using System.Text.Json;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Sarif;

/// <summary>Results and locations in SARIF's words.</summary>
internal static class SarifResults
{
    /// <summary>Writes one result.</summary>
    public static void Write(Utf8JsonWriter json, SarifResult result)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", result.Rule.Id);
        json.WriteNumber("ruleIndex", SarifRules.IndexOf(result.Rule));
        json.WriteString("level", SarifRules.Level(result.Rule.Severity));
        json.WriteStartObject("message");
        json.WriteString("text", result.Message);
        json.WriteEndObject();
        json.WriteStartArray("locations");
        WriteLocation(json, result);
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString(SarifReport.FingerprintKey, result.Fingerprint);
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("agent", result.Agent.Name);
        json.WriteString("stage", result.Rule.Stage.ToKebabCase());
        json.WriteString("fix", result.Fix.ToKebabCase());
        if (result.FixObstacle is { } obstacle)
            json.WriteString("fixObstacle", obstacle);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes where a file is: below the root where its path is relative, else by its own URI.</summary>
    public static void WriteArtifact(Utf8JsonWriter json, string path)
    {
        var (uri, relative) = ArtifactUri.Of(path);
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", uri);
        if (relative)
            json.WriteString("uriBaseId", SarifReport.Root);
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, SarifResult result)
    {
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        WriteArtifact(json, result.Place.File);
        json.WriteStartObject("region");
        json.WriteNumber("startLine", result.Place.Line);
        json.WriteNumber("startColumn", result.Place.Column);
        json.WriteNumber("endLine", result.Place.EndLine);
        json.WriteNumber("endColumn", result.Place.EndColumn);
        json.WriteEndObject();
        if (result.Excerpt is { Lines.IsEmpty: false } excerpt && Surrounds(excerpt, result.Place))
            WriteContext(json, excerpt);
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", result.Agent.Type[(result.Agent.Type.LastIndexOf('.') + 1)..]);
        json.WriteString("fullyQualifiedName", result.Agent.Type);
        json.WriteString("kind", "type");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // The standard wants a context region to contain the region, and more than that.
    private static bool Surrounds(CodeExcerpt excerpt, SourcePlace place)
    {
        var last = excerpt.FirstLine + excerpt.Lines.Length - 1;
        return excerpt.FirstLine <= place.Line && last >= place.EndLine && last - excerpt.FirstLine > place.EndLine - place.Line;
    }

    private static void WriteContext(Utf8JsonWriter json, CodeExcerpt excerpt)
    {
        json.WriteStartObject("contextRegion");
        json.WriteNumber("startLine", excerpt.FirstLine);
        json.WriteNumber("endLine", excerpt.FirstLine + excerpt.Lines.Length - 1);
        json.WriteStartObject("snippet");
        json.WriteString("text", string.Join('\n', excerpt.Lines));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
