using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>The four charts.</summary>
internal static class ChartSection
{
    /// <summary>Writes the charts.</summary>
    public static void Write(HtmlWriter html, FleetAssessment fleet)
    {
        ScoreChart.Write(html, fleet);
        html.Line();
        using (html.Open("div", ("class", "charts")))
        {
            LevelChart.Write(html, fleet);
            FamilyChart.Write(html, fleet);
            CandidateChart.Write(html, fleet);
        }
    }
}
