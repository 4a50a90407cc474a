using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>Every agent's score as a bar, stacked by factor.</summary>
internal static class ScoreChart
{
    private const int InView = 30;

    /// <summary>The scale of the built-in matrices (SPEC section 3); a higher score stretches it.</summary>
    private const int BuiltInScale = 50;

    /// <summary>Number of factor colours in the style sheet; more factors start over.</summary>
    private const int Colours = 8;

    /// <summary>Writes the chart with its legend.</summary>
    public static void Write(HtmlWriter html, FleetAssessment fleet)
    {
        var factors = fleet.Agents.SelectMany(agent => agent.Risk.Factors).Select(factor => factor.Id).Distinct().ToList();
        var scale = Math.Max(BuiltInScale, fleet.Agents.Max(agent => agent.Risk.Score));
        var bars = fleet.Agents.Select((agent, index) => BarOf(agent, index, factors)).ToList();

        html.Line();
        using (html.Open("section", ("class", "chart scores"), ("aria-labelledby", "scores-title")))
        {
            html.Element("h2", "Risk score by agent", ("id", "scores-title"));
            html.Element("p", $"What each factor adds to the score, out of {scale}. Parts follow the order of the legend.", ("class", "about"));
            WriteLegend(html, factors);
            WriteBars(html, bars.Take(InView), scale);
            if (bars.Count > InView)
            {
                using (html.Open("details", ("class", "more")))
                {
                    html.Element("summary", Figures.Count(bars.Count - InView, "more agent"));
                    WriteBars(html, bars.Skip(InView), scale);
                }
            }
        }
    }

    /// <summary>The class that colours the factor at a place in the matrix.</summary>
    public static string ColourOf(int factor) => $"f{factor % Colours}";

    private static void WriteLegend(HtmlWriter html, List<string> factors)
    {
        using (html.Open("ul", ("class", "legend")))
        {
            for (var i = 0; i < factors.Count; i++)
            {
                using (html.Open("li"))
                {
                    using (html.Open("svg", ("viewBox", "0 0 10 10"), ("aria-hidden", "true")))
                        html.Empty("rect", ("class", ColourOf(i)), ("width", "10"), ("height", "10"), ("rx", "2"));
                    html.Text(factors[i]);
                }
            }
        }
    }

    private static void WriteBars(HtmlWriter html, IEnumerable<Bar> bars, int scale) =>
        BarTable.Write(html, "Risk score by agent, stacked by factor", ("Agent", "Factors", "Score and level"), bars, scale, tick: 10);

    private static Bar BarOf(AssessedAgent agent, int index, List<string> factors) => new(
        agent.Name,
        AgentList.Anchor(index),
        [.. agent.Risk.Factors.Select(factor => PartOf(factor, factors))],
        agent.Risk.Score.ToString())
    {
        Note = agent.Risk.Level.ToKebabCase(),
    };

    private static BarPart PartOf(FactorScore factor, List<string> factors) => new(
        factor.Contribution,
        ColourOf(factors.IndexOf(factor.Id)),
        $"{factor.Id} {Figures.Plain(factor.Contribution)}");
}
