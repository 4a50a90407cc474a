using AgentLift.Cli.Reports.Markdown;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>A page as Markdown for reviews and wikis.</summary>
internal static class PageMarkdown
{
    public static void Write(Page page, TextWriter output)
    {
        Line($"## {page.Title}\n\n{MarkdownText.Escape(page.Lead)}\n");
        foreach (var part in page.Parts.Where(part => !part.IsEmpty))
        {
            Line($"### {MarkdownText.Escape(part.Heading)}\n");
            if ((part as PageTable ?? (part as PagePlacesLeft)?.ToTable()) is { } table)
            {
                Line(Row(table.Columns));
                Line(Row(table.Columns.Select(_ => "---"), escape: false));
                foreach (var row in table.Rows)
                    Line(Row(row));
            }
            else if (part is PageList list)
            {
                foreach (var line in list.Lines)
                    Line($"- {MarkdownText.Escape(line)}");
            }

            Line(string.Empty);
        }

        foreach (var error in page.Errors)
            Line($"- **error** {MarkdownText.Escape($"{Phrases.Place(error)}: {error.Message}; {error.NextStep}")}");
        Line($"<sub>{MarkdownText.Escape(page.Tool)}, target {MarkdownText.Escape(page.Target)}</sub>");

        void Line(string text) => output.Write(text + "\n");
    }

    private static string Row(IEnumerable<string> cells, bool escape = true) =>
        $"| {string.Join(" | ", escape ? cells.Select(MarkdownText.Escape) : cells)} |";
}
