using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using static AgentLift.Cli.Reports.Markdown.MarkdownText;

namespace AgentLift.Cli.Reports.Markdown;

/// <summary>The assessment as a comment on a pull request: totals, agents, the findings that matter most, problems.</summary>
internal sealed class MarkdownReport : IReport
{
    // A comment of 65,536 characters is refused by the usual code hosts; with these limits 200 agents stay well below.
    private const int AgentsInView = 25;
    private const int TopFindings = 10;
    private const int ErrorsInView = 20;

    /// <inheritdoc/>
    public void Write(FleetAssessment fleet, TextWriter output)
    {
        var lines = new List<string> { "## AgentLift assessment", string.Empty };
        lines.AddRange(Totals(fleet));
        lines.AddRange(AgentLines(fleet));
        lines.AddRange(FindingLines(fleet));
        lines.AddRange(ErrorLines(fleet));
        lines.Add($"<sub>{Escape(fleet.Tool)}, matrix {Escape(fleet.Matrix)}, target {Escape(fleet.Target)}</sub>");
        foreach (var line in lines)
        {
            output.Write(line);
            output.Write('\n');
        }
    }

    private static IEnumerable<string> Totals(FleetAssessment fleet)
    {
        if (fleet.Agents.IsEmpty)
            return [$"No agents found in {Escape(fleet.Target)}.", string.Empty];

        var summary = fleet.Summary;
        return
        [
            $"**{Figures.Count(summary.Agents, "agent")}**, adoption **{Phrases.Adoption(summary)}**, total score **{summary.TotalScore}**",
            string.Empty,
            $"By level: {Phrases.ByLevel(summary)}",
            string.Empty,
        ];
    }

    private static IEnumerable<string> AgentLines(FleetAssessment fleet)
    {
        if (fleet.Agents.IsEmpty)
            yield break;

        foreach (var line in AgentTable(fleet.Agents.Take(AgentsInView)))
            yield return line;
        if (fleet.Agents.Length <= AgentsInView)
            yield break;

        yield return $"<details><summary>{Figures.Count(fleet.Agents.Length - AgentsInView, "more agent")}</summary>";
        yield return string.Empty;
        foreach (var line in AgentTable(fleet.Agents.Skip(AgentsInView)))
            yield return line;
        yield return "</details>";
        yield return string.Empty;
    }

    private static IEnumerable<string> AgentTable(IEnumerable<AssessedAgent> agents) =>
    [
        "| Agent | Level | Score | Stage | Strategy | Findings | Lazy loading |",
        "|---|---|---:|---|---|---:|---:|",
        .. agents.Select(agent => $"| {Escape(agent.Name)} | {agent.Risk.Level.ToKebabCase()} | {agent.Risk.Score} "
            + $"| {Phrases.Reached(agent)} | {agent.Risk.Strategy.ToKebabCase()} | {agent.Evidence.Length} "
            + $"| {Figures.Tenths(agent.Candidate.Score)} |"),
        string.Empty,
    ];

    private static IEnumerable<string> FindingLines(FleetAssessment fleet)
    {
        // Stable: within a severity, the riskiest agent's findings come first.
        var findings = fleet.Agents
            .SelectMany(agent => agent.Evidence.Select(finding => (agent, finding)))
            .OrderByDescending(pair => pair.finding.Rule.Severity)
            .ToList();
        if (findings.Count == 0)
            yield break;

        yield return "### Top findings";
        yield return string.Empty;
        foreach (var (agent, finding) in findings.Take(TopFindings))
        {
            yield return $"- **{finding.Rule.Id}** {finding.Rule.Name} in {Escape(agent.Name)}, "
                + $"{Escape(finding.Place.File)}:{finding.Place.Line}: {Escape(finding.Message)} ({Escape(Phrases.Fix(finding))})";
        }

        yield return string.Empty;
        if (findings.Count > TopFindings)
        {
            yield return $"{Figures.Count(findings.Count - TopFindings, "more finding")} in the full report.";
            yield return string.Empty;
        }
    }

    private static IEnumerable<string> ErrorLines(FleetAssessment fleet)
    {
        if (fleet.Errors.IsEmpty)
            yield break;

        yield return "### Problems";
        yield return string.Empty;
        foreach (var error in fleet.Errors.Take(ErrorsInView))
        {
            var place = Phrases.Place(error) is { } text ? $"{Escape(text)}: " : string.Empty;
            yield return $"- {place}{Escape(Phrases.Sentence(error.Message))} Next: {Escape(Phrases.Sentence(error.NextStep))}";
        }

        yield return string.Empty;
        if (fleet.Errors.Length > ErrorsInView)
        {
            yield return $"{Figures.Count(fleet.Errors.Length - ErrorsInView, "more problem")} in the full report.";
            yield return string.Empty;
        }
    }
}
