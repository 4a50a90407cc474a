using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using Microsoft.CodeAnalysis;
using Spectre.Console;

namespace AgentLift.Cli.Reports.Terminal;

/// <summary>Every finding on a line of its own, in the form that editors and terminals turn into a link.</summary>
internal static class EvidenceList
{
    /// <summary>Writes the findings of all agents that have some.</summary>
    public static void Write(FleetAssessment fleet, IAnsiConsole console)
    {
        foreach (var agent in fleet.Agents.Where(agent => !agent.Evidence.IsEmpty))
        {
            console.WriteLine();
            console.Write(new UnwrappedLine()
                .Add(agent.Name, new Style(decoration: Decoration.Bold))
                .Add("  ")
                .Add($"{agent.Risk.Level.ToKebabCase()} {agent.Risk.Score}", LevelStyle.Of(agent.Risk.Level))
                .Add($"  {agent.Type}, {Figures.Count(agent.Evidence.Length, "finding")}", new Style(decoration: Decoration.Dim)));
            foreach (var finding in agent.Evidence)
                console.Write(Line(finding));
        }
    }

    /// <summary>One finding: <c>file(line,column): rule message</c>.</summary>
    public static UnwrappedLine Line(AssessedEvidence finding) => new UnwrappedLine()
        .Add($"  {finding.Place.File}({finding.Place.Line},{finding.Place.Column}): ")
        .Add(finding.Rule.Id, new Style(finding.Rule.Severity >= DiagnosticSeverity.Warning ? Color.Yellow : Color.Blue))
        .Add($" {finding.Message}");
}
