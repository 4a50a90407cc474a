using System.Text.Json;
using AgentLift.Cli.Reports.Json;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Sarif;

/// <summary>The assessment as one SARIF 2.1.0 run, for IDEs and code scanning.</summary>
/// <param name="rulePageOf">The Markdown page of a rule by its id; <see langword="null"/> where there is none.</param>
/// <param name="sourceRoot">
/// Absolute URI of the target's folder. Left out by default: it names the machine, and readers resolve <c>SRCROOT</c> against their own checkout.
/// </param>
internal sealed class SarifReport(Func<string, string?>? rulePageOf = null, Uri? sourceRoot = null) : IReport
{
    /// <summary>The version of <see cref="AssessedEvidence.Fingerprint"/>; a new way of computing it needs a new key.</summary>
    internal const string FingerprintKey = "agentlift/v1";

    /// <summary>What relative URIs start from.</summary>
    internal const string Root = "SRCROOT";

    private const string Home = "https://github.com/agentlift/agentlift";

    /// <inheritdoc/>
    public void Write(FleetAssessment fleet, TextWriter output) => JsonText.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json, fleet);
        WriteInvocation(json, fleet);
        WriteRoot(json);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var result in ResultList.Of(fleet))
            SarifResults.Write(json, result);
        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteString("target", fleet.Target);
        json.WriteString("matrix", fleet.Matrix);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private void WriteTool(Utf8JsonWriter json, FleetAssessment fleet)
    {
        var (name, version) = SplitTool(fleet.Tool);
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", name);
        if (version is not null)
        {
            json.WriteString("version", version);
            json.WriteString("semanticVersion", version);
        }

        json.WriteString("informationUri", Home);
        SarifRules.Write(json, rulePageOf ?? (_ => null));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, FleetAssessment fleet)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        // Errors mean that something is missing from the results, even though the rest was assessed.
        json.WriteBoolean("executionSuccessful", fleet.Errors.IsEmpty);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var error in fleet.Errors)
            SarifNotifications.Write(json, error);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteRoot(Utf8JsonWriter json)
    {
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(Root);
        if (sourceRoot is not null)
        {
            var uri = sourceRoot.AbsoluteUri;
            json.WriteString("uri", uri.EndsWith('/') ? uri : uri + "/");
        }

        json.WriteStartObject("description");
        json.WriteString("text", "The folder of the assessed target.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static (string Name, string? Version) SplitTool(string tool)
    {
        var space = tool.LastIndexOf(' ');
        return space > 0 && space < tool.Length - 1 && char.IsAsciiDigit(tool[space + 1])
            ? (tool[..space], tool[(space + 1)..])
            : (tool, null);
    }
}
