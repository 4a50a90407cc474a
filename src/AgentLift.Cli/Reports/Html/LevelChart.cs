using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>How many agents each level has.</summary>
internal static class LevelChart
{
    /// <summary>Writes the chart.</summary>
    public static void Write(HtmlWriter html, FleetAssessment fleet)
    {
        using (html.Open("section", ("class", "chart levels-chart"), ("aria-labelledby", "levels-title")))
        {
            html.Element("h2", "Agents by level", ("id", "levels-title"));
            html.Element("p", "How the fleet spreads over the levels of risk.", ("class", "about"));
            var most = Math.Max(1, fleet.Summary.ByLevel.Values.Max());
            BarTable.Write(
                html,
                "Agents by risk level",
                ("Level", "Share", "Agents"),
                Phrases.LevelsWorstFirst.Select(level => BarOf(fleet, level.ToKebabCase(), fleet.Summary.ByLevel[level])),
                most);
        }
    }

    private static Bar BarOf(FleetAssessment fleet, string level, int count) => new(
        level,
        null,
        [new BarPart(count, $"level-{level}", $"{Figures.Count(count, "agent")} of {fleet.Summary.Agents}")],
        count.ToString());
}
