using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>One agent: a line that says enough, and behind it factors, candidate and evidence.</summary>
internal static class AgentSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, AssessedAgent agent, string anchor, EvidenceBudget budget)
    {
        html.Line();
        using (html.Open(
            "details",
            ("class", "agent"),
            ("id", anchor),
            ("data-name", agent.Name),
            ("data-level", agent.Risk.Level.ToKebabCase()),
            ("data-score", agent.Risk.Score.ToString()),
            ("data-findings", agent.Evidence.Length.ToString()),
            ("data-candidate", Figures.Tenths(agent.Candidate.Score)),
            ("data-text", SearchText(agent))))
        {
            WriteSummary(html, agent);
            using (html.Open("div", ("class", "body")))
            {
                WriteFacts(html, agent);
                using (html.Open("div", ("class", "why")))
                {
                    FactorTable.Write(html, agent.Risk);
                    CandidateBlock.Write(html, agent.Candidate);
                }

                EvidenceBlock.Write(html, agent, budget);
            }
        }
    }

    private static void WriteSummary(HtmlWriter html, AssessedAgent agent)
    {
        using (html.Open("summary"))
        {
            using (html.Open("span", ("class", "who")))
                html.Element("span", agent.Name, ("class", "name")).Text(" ").Element("span", agent.Type, ("class", "type"));
            LevelMark.Write(html, agent.Risk.Level);
            using (html.Open("span", ("class", "score")))
                html.Element("span", "score ", ("class", "unseen")).Text(agent.Risk.Score.ToString());
            html.Element("span", Phrases.Reached(agent), ("class", agent.Lifted ? "stage done" : "stage"));
            html.Element("span", Figures.Count(agent.Evidence.Length, "finding"), ("class", "findings"));
        }
    }

    private static void WriteFacts(HtmlWriter html, AssessedAgent agent)
    {
        using (html.Open("dl", ("class", "facts")))
        {
            Fact(html, "Strategy", $"{agent.Risk.Strategy.ToKebabCase()}: {StrategyPhrase.Of(agent.Risk.Strategy)}");
            Fact(html, "Stage reached", Phrases.Reached(agent));
            Fact(html, "Project", agent.Project);
            Fact(html, "Group", agent.Group);
            Fact(html, "Machine", agent.Machine);
            using (html.Open("div", ("class", "wide")))
            {
                html.Element("dt", agent.Files.Length == 1 ? "File" : "Files");
                foreach (var file in agent.Files)
                    html.Element("dd", file, ("class", "path"));
            }
        }
    }

    private static void Fact(HtmlWriter html, string name, string? value)
    {
        if (value is null)
            return;
        using (html.Open("div"))
            html.Element("dt", name).Element("dd", value);
    }

    private static string SearchText(AssessedAgent agent)
    {
        var rules = agent.Evidence.Select(finding => finding.Rule).Distinct().SelectMany(rule => new[] { rule.Id, rule.Name });
        return string.Join(' ', [agent.Name, agent.Type, agent.Project, .. rules]).ToLowerInvariant();
    }
}
