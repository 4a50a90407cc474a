using AgentLift.Core.Candidates;

namespace AgentLift.Cli.Reports.Html;

/// <summary>What lazy loading would bring one agent.</summary>
internal static class CandidateBlock
{
    /// <summary>Writes the block.</summary>
    public static void Write(HtmlWriter html, CandidateScore candidate)
    {
        using (html.Open("section", ("class", "candidate")))
        {
            html.Element("h3", "Lazy loading");
            using (html.Open("p", ("class", "verdict")))
                html.Element("b", Figures.Tenths(candidate.Score)).Text($" of 10: {Phrases.Candidate(candidate)}");
            using (html.Open("dl"))
            {
                foreach (var (name, found, most) in CandidateFigures.Of(candidate))
                {
                    using (html.Open("div"))
                    {
                        using (html.Open("dt"))
                            html.Text(name + " ").Element("small", $"up to {most}");
                        html.Element("dd", found);
                    }
                }
            }

            if (!candidate.Patterns.IsEmpty)
            {
                using (html.Open("p", ("class", "patterns")))
                {
                    html.Text("Recommended: ");
                    html.Element("b", string.Join(", ", candidate.Patterns));
                }
            }
        }
    }
}
