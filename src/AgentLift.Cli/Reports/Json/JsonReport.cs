using System.Text.Json;
using AgentLift.Core.Candidates;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Json;

/// <summary>The assessment as JSON for other programs. Its shape is a contract: <c>assessment.schema.json</c>.</summary>
internal sealed class JsonReport : IReport
{
    /// <inheritdoc/>
    public void Write(FleetAssessment fleet, TextWriter output) => JsonText.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("tool", fleet.Tool);
        json.WriteString("target", fleet.Target);
        json.WriteString("matrix", fleet.Matrix);
        WriteSummary(json, fleet.Summary);
        json.WriteStartArray("agents");
        foreach (var agent in fleet.Agents)
            WriteAgent(json, agent);
        json.WriteEndArray();
        json.WriteStartArray("errors");
        foreach (var error in fleet.Errors)
            WriteError(json, error);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteSummary(Utf8JsonWriter json, FleetSummary summary)
    {
        json.WriteStartObject("summary");
        json.WriteNumber("agents", summary.Agents);
        json.WriteNumber("lifted", summary.Lifted);
        json.WriteNumber("legacy", summary.Legacy);
        json.WriteFigure("adoptionPercent", summary.AdoptionPercent);
        json.WriteNumber("totalScore", summary.TotalScore);
        json.WriteStartObject("byLevel");
        foreach (var level in Enum.GetValues<RiskLevel>())
            json.WriteNumber(level.ToKebabCase(), summary.ByLevel[level]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAgent(Utf8JsonWriter json, AssessedAgent agent)
    {
        json.WriteStartObject();
        json.WriteString("name", agent.Name);
        json.WriteString("type", agent.Type);
        json.WriteString("project", agent.Project);
        json.WriteStrings("files", agent.Files);
        json.WriteBoolean("lifted", agent.Lifted);
        json.WriteString("stage", agent.Stage.ToKebabCase());
        json.WriteNumber("score", agent.Risk.Score);
        json.WriteString("level", agent.Risk.Level.ToKebabCase());
        json.WriteString("strategy", agent.Risk.Strategy.ToKebabCase());
        json.WriteStartArray("factors");
        foreach (var factor in agent.Risk.Factors)
            WriteFactor(json, factor);
        json.WriteEndArray();
        WriteCandidate(json, agent.Candidate);
        json.WriteStartArray("evidence");
        foreach (var finding in agent.Evidence)
            WriteEvidence(json, finding);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFactor(Utf8JsonWriter json, FactorScore factor)
    {
        json.WriteStartObject();
        json.WriteString("id", factor.Id);
        json.WriteFigure("weight", factor.Weight);
        json.WriteFigure("severity", factor.Severity);
        json.WriteFigure("contribution", factor.Contribution);
        json.WriteString("reason", factor.Reason);
        json.WriteEndObject();
    }

    private static void WriteCandidate(Utf8JsonWriter json, CandidateScore candidate)
    {
        json.WriteStartObject("candidate");
        json.WriteFigure("score", candidate.Score);
        json.WriteString("potential", candidate.Potential);
        json.WriteString("risk", candidate.Risk);
        json.WriteStrings("patterns", candidate.Patterns);
        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, AssessedEvidence finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("stage", finding.Rule.Stage.ToKebabCase());
        json.WriteString("file", finding.Place.File);
        json.WriteNumber("line", finding.Place.Line);
        json.WriteNumber("column", finding.Place.Column);
        json.WriteString("symbol", finding.Symbol);
        json.WriteString("message", finding.Message);
        json.WriteString("fix", finding.Fix.ToKebabCase());
        json.WriteString("fixObstacle", finding.FixObstacle);
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, AssessmentError error)
    {
        json.WriteStartObject();
        json.WriteString("file", error.File);
        if (error.Line is { } line)
            json.WriteNumber("line", line);
        else
            json.WriteNull("line");
        json.WriteString("message", error.Message);
        json.WriteString("nextStep", error.NextStep);
        json.WriteEndObject();
    }
}
