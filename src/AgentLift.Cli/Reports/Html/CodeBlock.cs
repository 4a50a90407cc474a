using System.Collections.Immutable;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>Source lines with their numbers, the place of the finding marked.</summary>
internal static class CodeBlock
{
    /// <summary>Writes the lines; nothing where there are none.</summary>
    public static void Write(HtmlWriter html, AssessedEvidence finding)
    {
        var marks = InView(CodeMark.Of(finding.Excerpt, finding.Place, EvidenceBudget.LineWidth));
        if (marks.IsEmpty)
            return;

        using (html.Open("pre", ("tabindex", "0"), ("aria-label", $"Code around line {finding.Place.Line}")))
        {
            var digits = marks[^1].Number.ToString().Length;
            for (var i = 0; i < marks.Length; i++)
            {
                if (i > 0)
                    html.Line();
                html.Element("span", marks[i].Number.ToString().PadLeft(digits), ("class", "no")).Text("  " + marks[i].Before);
                if (marks[i].Marked.Length > 0)
                    html.Element("mark", marks[i].Marked);
                html.Text(marks[i].After);
            }
        }
    }

    // The place itself must stay in view when an excerpt is too long.
    private static ImmutableArray<CodeMark> InView(ImmutableArray<CodeMark> marks)
    {
        if (marks.Length <= EvidenceBudget.Lines)
            return marks;
        var marked = marks.TakeWhile(mark => mark.Marked.Length == 0).Count();
        var first = Math.Clamp(marked - EvidenceBudget.Lines / 2, 0, marks.Length - EvidenceBudget.Lines);
        return marks.Slice(first, EvidenceBudget.Lines);
    }
}
