using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>The agents that gain most from lazy loading.</summary>
internal static class CandidateChart
{
    private const int InView = 10;
    private const int Scale = 10;

    /// <summary>Writes the chart.</summary>
    public static void Write(HtmlWriter html, FleetAssessment fleet)
    {
        var candidates = fleet.Agents
            .Select((agent, index) => (agent, index))
            .Where(pair => pair.agent.Candidate.Score > 0)
            .OrderByDescending(pair => pair.agent.Candidate.Score)
            .ToList();

        using (html.Open("section", ("class", "chart candidates-chart"), ("aria-labelledby", "candidates-title")))
        {
            html.Element("h2", "Lazy loading", ("id", "candidates-title"));
            if (candidates.Count == 0)
            {
                html.Element("p", "No agent loads anything heavy before it is needed.", ("class", "about"));
                return;
            }

            html.Element("p", About(candidates.Count), ("class", "about"));
            BarTable.Write(
                html,
                "Optimisation candidates",
                ("Agent", "Score out of 10", "Score and potential"),
                candidates.Take(InView).Select(pair => BarOf(pair.agent, pair.index)),
                Scale);
        }
    }

    private static string About(int count) => count > InView
        ? $"Gain out of {Scale}, and its potential. The best {InView} of {count}."
        : $"Gain out of {Scale}, and its potential.";

    private static Bar BarOf(AssessedAgent agent, int index) => new(
        agent.Name,
        AgentList.Anchor(index),
        [new BarPart(agent.Candidate.Score, "accent", $"{Figures.Tenths(agent.Candidate.Score)} of {Scale}, {Phrases.Candidate(agent.Candidate)}")],
        Figures.Tenths(agent.Candidate.Score))
    {
        Note = agent.Candidate.Potential,
    };
}
