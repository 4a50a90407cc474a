namespace AgentLift.Cli.Reports.Html;

/// <summary>One part of a bar.</summary>
/// <param name="Length">Length in the unit of the chart.</param>
/// <param name="Style">Class that colours it.</param>
/// <param name="Title">What it stands for, shown on hover and read aloud.</param>
internal sealed record BarPart(decimal Length, string Style, string Title);

/// <summary>One line of a bar chart.</summary>
/// <param name="Label">What the bar is about.</param>
/// <param name="Target">Fragment that the label leads to, if any.</param>
/// <param name="Parts">The bar, from left to right.</param>
/// <param name="Figure">The figure at its end.</param>
internal sealed record Bar(string Label, string? Target, IReadOnlyList<BarPart> Parts, string Figure)
{
    /// <summary>A word after the figure, if any.</summary>
    public string? Note { get; init; }
}

/// <summary>
/// A bar chart that is a table: labels and figures are text at the page's own size, only the bars are drawn.
/// So it needs no second table for those who cannot see it, and it stays legible on a phone.
/// </summary>
internal static class BarTable
{
    /// <summary>Writes the chart.</summary>
    /// <param name="html">The writer.</param>
    /// <param name="caption">What the table shows, for screen readers.</param>
    /// <param name="headings">Headings of label, bar and figure, for screen readers.</param>
    /// <param name="bars">The lines.</param>
    /// <param name="scale">The length that fills the width.</param>
    /// <param name="tick">Distance of the lines behind the bars; 0 for none.</param>
    public static void Write(
        HtmlWriter html,
        string caption,
        (string Label, string Bar, string Figure) headings,
        IEnumerable<Bar> bars,
        decimal scale,
        decimal tick = 0)
    {
        using (html.Open("table", ("class", "bars")))
        {
            html.Element("caption", caption, ("class", "unseen"));
            using (html.Open("colgroup"))
                html.Empty("col", ("class", "c-label")).Empty("col").Empty("col", ("class", "c-value"));
            using (html.Open("thead", ("class", "unseen")))
            using (html.Open("tr"))
            {
                html.Element("th", headings.Label, ("scope", "col"));
                html.Element("th", headings.Bar, ("scope", "col"));
                html.Element("th", headings.Figure, ("scope", "col"));
            }

            using (html.Open("tbody"))
            {
                foreach (var bar in bars)
                {
                    html.Line();
                    WriteRow(html, bar, scale, tick);
                }
            }
        }
    }

    private static void WriteRow(HtmlWriter html, Bar bar, decimal scale, decimal tick)
    {
        using (html.Open("tr"))
        {
            using (html.Open("th", ("scope", "row"), ("title", bar.Label)))
            {
                if (bar.Target is null)
                    html.Text(bar.Label);
                else
                    html.Element("a", bar.Label, ("href", "#" + bar.Target));
            }

            using (html.Open("td", ("class", "bar")))
                WriteBar(html, bar, scale, tick);
            using (html.Open("td", ("class", "value")))
            {
                html.Element("b", bar.Figure);
                if (bar.Note is not null)
                    html.Text(" ").Element("small", bar.Note);
            }
        }
    }

    private static void WriteBar(HtmlWriter html, Bar bar, decimal scale, decimal tick)
    {
        // A hundred units wide whatever the scale; the height is stretched by the style sheet.
        var shown = bar.Parts.Where(part => part.Length > 0).ToList();
        var description = shown.Count == 0 ? "nothing" : string.Join("; ", shown.Select(part => part.Title));
        using (html.Open("svg", ("role", "img"), ("aria-label", description), ("viewBox", "0 0 100 1"), ("preserveAspectRatio", "none")))
        {
            html.Empty("rect", ("class", "track"), ("width", "100"), ("height", "1"));
            // Behind the bar, so that no line looks like the end of a part.
            for (var at = tick; tick > 0 && at < scale; at += tick)
                html.Empty("rect", ("class", "tick"), ("x", Round(100 * at / scale)), ("width", "0.15"), ("height", "1"));

            var start = 0m;
            foreach (var part in shown)
            {
                var width = Math.Min(100 - start, 100 * part.Length / scale);
                using (html.Open("rect", ("class", part.Style), ("x", Round(start)), ("width", Round(width)), ("height", "1")))
                    html.Element("title", part.Title);
                start += width;
            }
        }
    }

    private static string Round(decimal value) => Figures.Plain(decimal.Round(value, 2));
}
