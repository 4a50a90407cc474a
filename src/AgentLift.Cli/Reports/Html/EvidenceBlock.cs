using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>An agent's evidence by stage.</summary>
internal static class EvidenceBlock
{
    /// <summary>Writes the block, within the budget.</summary>
    public static void Write(HtmlWriter html, AssessedAgent agent, EvidenceBudget budget)
    {
        using (html.Open("section", ("class", "evidence")))
        {
            if (agent.Evidence.IsEmpty)
            {
                html.Element("p", "No evidence of a legacy pattern.", ("class", "about"));
                return;
            }

            var (findings, excerpts) = (budget.Findings, budget.Excerpts);
            foreach (var (stage, evidence) in StageGroups.Of(agent))
            {
                using (html.Open("h3"))
                    html.Text(Phrases.Title(stage) + " ").Element("small", Figures.Count(evidence.Count, "finding"));
                using (html.Open("ul"))
                {
                    foreach (var finding in evidence.Take(findings))
                        WriteFinding(html, finding, withCode: excerpts-- > 0);
                }

                if (evidence.Count > findings)
                    html.Element("p", $"{Figures.Count(evidence.Count - findings, "more finding")} in the JSON and SARIF reports.", ("class", "about"));
                findings = Math.Max(0, findings - evidence.Count);
            }
        }
    }

    private static void WriteFinding(HtmlWriter html, AssessedEvidence finding, bool withCode)
    {
        html.Line();
        using (html.Open("li"))
        {
            using (html.Open("p", ("class", "what")))
            {
                html.Element("a", finding.Rule.Id, ("href", finding.Rule.HelpLink), ("title", finding.Rule.Name), ("rel", "noreferrer"));
                html.Text(" " + finding.Message);
            }

            using (html.Open("p", ("class", "where")))
            {
                html.Element("code", $"{finding.Place.File}:{finding.Place.Line}");
                html.Text(" ").Element("span", Phrases.Fix(finding), ("class", $"fix {finding.Fix.ToKebabCase()}"));
            }

            if (withCode)
                CodeBlock.Write(html, finding);
        }
    }
}
