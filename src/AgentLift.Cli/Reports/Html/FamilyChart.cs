using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>How much evidence each family of rules has.</summary>
internal static class FamilyChart
{
    /// <summary>Writes the chart.</summary>
    public static void Write(HtmlWriter html, FleetAssessment fleet)
    {
        var counts = fleet.Agents
            .SelectMany(agent => agent.Evidence)
            .GroupBy(finding => finding.Rule.Family)
            .ToDictionary(group => group.Key, group => group.Count());
        // Family 0 is about whole agents; it is shown only where it has something to say. What generators report is no evidence.
        var families = Enumerable.Range(0, RuleFamilies.Generators).Where(family => family > 0 || counts.ContainsKey(family));

        using (html.Open("section", ("class", "chart families-chart"), ("aria-labelledby", "families-title")))
        {
            html.Element("h2", "Evidence by family", ("id", "families-title"));
            html.Element("p", $"{Figures.Count(counts.Values.Sum(), "place")} in the code that {(counts.Values.Sum() == 1 ? "shows" : "show")} a legacy pattern.", ("class", "about"));
            BarTable.Write(
                html,
                "Evidence by family of rules",
                ("Family", "Share", "Findings"),
                families.Select(family => BarOf(family, counts.GetValueOrDefault(family))),
                Math.Max(1, counts.Values.DefaultIfEmpty(0).Max()));
        }
    }

    private static Bar BarOf(int family, int count) => new(
        Phrases.FamilyTitle(family),
        null,
        [new BarPart(count, "accent", Figures.Count(count, "finding"))],
        count.ToString());
}
