using AgentLift.Cli.Reports.Terminal;
using AgentLift.Migration.ParallelRun;
using Spectre.Console;

namespace AgentLift.Cli.Reports.Comparisons;

/// <summary>A parallel run on a terminal: what differs, then the figures.</summary>
internal static class ComparisonTable
{
    public static void Write(Comparison comparison, IAnsiConsole console)
    {
        foreach (var difference in comparison.Differences)
        {
            var line = difference.Line > 0 ? $"({difference.Line})" : string.Empty;
            console.Write(new UnwrappedLine().Add($"{comparison.Transcript.File}{line}: {difference.Request}"));
            console.Write(new UnwrappedLine().Add($"  old  {difference.Old}"));
            console.Write(new UnwrappedLine().Add($"  new  {difference.New}"));
        }

        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        table.AddColumn(new TableColumn(string.Empty).NoWrap());
        table.AddColumn(new TableColumn("old").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("new").RightAligned().NoWrap());
        foreach (var (what, old, @new) in ComparisonFigures.Of(comparison))
            table.AddRow(new Text(what), new Text(old), new Text(@new));
        console.Write(table);
        console.WriteLine();
        console.WriteLine(ComparisonFigures.Verdict(comparison));
    }
}
