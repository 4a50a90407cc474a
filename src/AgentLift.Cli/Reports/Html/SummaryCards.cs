using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>The totals of the fleet.</summary>
internal static class SummaryCards
{
    /// <summary>Writes the cards.</summary>
    public static void Write(HtmlWriter html, FleetAssessment fleet)
    {
        var summary = fleet.Summary;
        html.Line();
        using (html.Open("section", ("class", "cards"), ("aria-label", "Summary")))
        {
            Card(html, "Agents", summary.Agents.ToString(), string.Empty, $"{summary.Lifted} lifted, {summary.Legacy} legacy");
            AdoptionCard(html, summary);
            Card(html, "Total score", summary.TotalScore.ToString(), string.Empty, Mean(summary));
            LevelCard(html, summary);
        }
    }

    private static void AdoptionCard(HtmlWriter html, FleetSummary summary)
    {
        using (html.Open("div", ("class", "card")))
        {
            CardText(html, "Adoption", Figures.Tenths(summary.AdoptionPercent), "\u2009%", $"{summary.Lifted} of {summary.Agents} lifted");
            using (html.Open("svg", ("class", "meter"), ("viewBox", "0 0 100 1"), ("preserveAspectRatio", "none"), ("aria-hidden", "true")))
            {
                html.Empty("rect", ("class", "track"), ("width", "100"), ("height", "1"));
                html.Empty("rect", ("class", "accent"), ("width", Figures.Plain(summary.AdoptionPercent)), ("height", "1"));
            }
        }
    }

    private static void LevelCard(HtmlWriter html, FleetSummary summary)
    {
        using (html.Open("div", ("class", "card")))
        {
            html.Element("h2", "By level");
            using (html.Open("dl", ("class", "levels")))
            {
                foreach (var level in Phrases.LevelsWorstFirst)
                {
                    using (html.Open("div"))
                    {
                        using (html.Open("dt"))
                            LevelMark.Write(html, level);
                        html.Element("dd", summary.ByLevel[level].ToString());
                    }
                }
            }
        }
    }

    private static void Card(HtmlWriter html, string title, string figure, string unit, string note)
    {
        using (html.Open("div", ("class", "card")))
            CardText(html, title, figure, unit, note);
    }

    private static void CardText(HtmlWriter html, string title, string figure, string unit, string note)
    {
        html.Element("h2", title);
        using (html.Open("p", ("class", "figure")))
        {
            html.Text(figure);
            if (unit.Length > 0)
                html.Element("small", unit);
        }

        html.Element("p", note, ("class", "note"));
    }

    private static string Mean(FleetSummary summary) => summary.Agents == 0
        ? "no agents"
        : $"{Figures.Tenths((decimal)summary.TotalScore / summary.Agents)} per agent";
}
