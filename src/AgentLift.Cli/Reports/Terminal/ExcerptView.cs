using AgentLift.Migration.Assessment;
using Spectre.Console;

namespace AgentLift.Cli.Reports.Terminal;

/// <summary>Source lines with their numbers and a caret line under the place that a finding points at.</summary>
internal static class ExcerptView
{
    /// <summary>Writes the excerpt of a finding, cut to the console's width.</summary>
    public static void Write(AssessedEvidence finding, IAnsiConsole console)
    {
        const int indent = 4;
        var marks = CodeMark.Of(finding.Excerpt, finding.Place, Math.Max(20, console.Profile.Width - 14));
        if (marks.IsEmpty)
            return;

        var digits = marks[^1].Number.ToString().Length;
        var bar = console.Profile.Capabilities.Unicode ? '\u2502' : '|';
        var dim = new Style(decoration: Decoration.Dim);
        foreach (var mark in marks)
        {
            var number = mark.Number.ToString().PadLeft(digits + indent);
            console.Write(new UnwrappedLine()
                .Add($"{number} {bar} ", dim)
                .Add(mark.Before)
                .Add(mark.Marked, new Style(Color.Yellow))
                .Add(mark.After));
            if (mark.Marked.Length > 0)
            {
                console.Write(new UnwrappedLine()
                    .Add($"{new string(' ', digits + indent)} {bar} ", dim)
                    .Add(new string(' ', mark.Before.GetCellWidth()) + new string('^', Math.Max(1, mark.Marked.GetCellWidth())), new Style(Color.Yellow)));
            }
        }
    }
}
