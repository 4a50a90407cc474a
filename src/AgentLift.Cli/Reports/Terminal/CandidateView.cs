using AgentLift.Core.Candidates;
using Spectre.Console;

namespace AgentLift.Cli.Reports.Terminal;

/// <summary>What lazy loading would bring an agent, and which figures say so (SPEC section 4).</summary>
internal static class CandidateView
{
    /// <summary>Writes score, figures and patterns.</summary>
    public static void Write(CandidateScore candidate, IAnsiConsole console)
    {
        console.WriteLine();
        console.Write(new UnwrappedLine()
            .Add("Lazy loading", new Style(decoration: Decoration.Bold))
            .Add($"  score {Figures.Tenths(candidate.Score)} of 10: {Phrases.Candidate(candidate)}"));
        var table = new Table { Border = PlainBorder.Of(console.Profile) };
        table.AddColumn(new TableColumn("Measure"));
        table.AddColumn(new TableColumn("Found") { Alignment = Justify.Right });
        table.AddColumn(new TableColumn("Worth at most"));
        foreach (var (name, found, most) in CandidateFigures.Of(candidate))
            table.AddRow(new Text(name), new Text(found), new Text(most));
        console.Write(table);
        console.Write(new UnwrappedLine().Add(candidate.Patterns.IsEmpty
            ? "No pattern recommended."
            : $"Recommended: {string.Join(", ", candidate.Patterns)}."));
    }
}
