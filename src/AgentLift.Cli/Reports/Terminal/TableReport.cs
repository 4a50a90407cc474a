using AgentLift.Migration.Assessment;
using Spectre.Console;

namespace AgentLift.Cli.Reports.Terminal;

/// <summary>The assessment on a terminal: a table, the totals, the problems, and what to do next.</summary>
/// <param name="verbose">Whether every finding is listed under the table.</param>
internal sealed class TableReport(bool verbose = false)
{
    /// <summary>Writes the report to a console; without colours and Unicode it reads the same.</summary>
    public void Write(FleetAssessment fleet, IAnsiConsole console)
    {
        if (fleet.Agents.IsEmpty)
        {
            console.Write(new UnwrappedLine().Add($"No agents found in {fleet.Target}."));
        }
        else
        {
            console.Write(AgentTable.Of(fleet, console.Profile));
            console.Write(new Text(AgentTable.Legend(console.Profile), new Style(decoration: Decoration.Dim)));
            console.WriteLine();
        }

        if (verbose)
            EvidenceList.Write(fleet, console);
        if (!fleet.Agents.IsEmpty)
            WriteTotals(fleet, console);
        ErrorList.Write(fleet, console);
        WriteNext(fleet, console);
    }

    private static void WriteTotals(FleetAssessment fleet, IAnsiConsole console)
    {
        var summary = fleet.Summary;
        console.WriteLine();
        console.Write(new Paragraph()
            .Append(Figures.Count(summary.Agents, "agent"), new Style(decoration: Decoration.Bold))
            .Append($": {summary.Lifted} lifted, {summary.Legacy} legacy. ")
            .Append($"Adoption {Phrases.Adoption(summary)}. ")
            .Append($"Total score {summary.TotalScore}."));
        console.WriteLine();
        console.Write(Levels(summary));
        console.WriteLine();
        console.Write(new Text($"Matrix {OneLine.Of(fleet.Matrix)}.", new Style(decoration: Decoration.Dim)));
        console.WriteLine();
    }

    private static Paragraph Levels(FleetSummary summary)
    {
        var line = new Paragraph().Append("By level: ");
        var separator = string.Empty;
        foreach (var level in Phrases.LevelsWorstFirst)
        {
            var count = summary.ByLevel[level];
            line.Append(separator).Append(
                $"{count} {Core.Rules.KebabCase.ToKebabCase(level)}",
                count == 0 ? new Style(decoration: Decoration.Dim) : LevelStyle.Of(level));
            separator = ", ";
        }

        return line.Append(".");
    }

    private static void WriteNext(FleetAssessment fleet, IAnsiConsole console)
    {
        if (Phrases.First(fleet) is not { } agent)
            return;

        console.WriteLine();
        console.Write(new UnwrappedLine()
            .Add("Next: ", new Style(decoration: Decoration.Bold))
            .Add($"agentlift explain {ShellWord.Quote(agent.Name)} {ShellWord.Quote(fleet.Target)}"));
    }
}
