using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>What was assessed, in one glance.</summary>
internal static class PageHeader
{
    /// <summary>Writes the header.</summary>
    public static void Write(HtmlWriter html, FleetAssessment fleet)
    {
        html.Line();
        using (html.Open("header", ("class", "masthead")))
        {
            html.Element("p", "AgentLift assessment", ("class", "kicker"));
            html.Element("h1", fleet.Target);
            html.Element("p", Lead(fleet), ("class", "lead"));
        }
    }

    private static string Lead(FleetAssessment fleet)
    {
        if (fleet.Agents.IsEmpty)
            return "No agents were found.";
        var summary = fleet.Summary;
        var riskiest = Phrases.First(fleet);
        return riskiest is null
            ? $"All {Figures.Count(summary.Agents, "agent")} are lifted."
            : $"{Figures.Count(summary.Legacy, "agent")} of {summary.Agents} still {(summary.Legacy == 1 ? "runs" : "run")} by hand. "
                + $"The riskiest is {riskiest.Name}, with a score of {riskiest.Risk.Score}.";
    }
}
