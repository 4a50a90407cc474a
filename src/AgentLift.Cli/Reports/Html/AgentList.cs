using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>All agents, each to be unfolded, with a toolbar that appears only where scripts run.</summary>
internal static class AgentList
{
    /// <summary>The fragment of the agent at a place in the fleet.</summary>
    public static string Anchor(int index) => $"agent-{index + 1}";

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, FleetAssessment fleet)
    {
        var budget = EvidenceBudget.For(fleet);
        html.Line();
        using (html.Open("section", ("class", "agents"), ("aria-labelledby", "agents-title")))
        {
            using (html.Open("div", ("class", "bar-top")))
            {
                html.Element("h2", "Agents", ("id", "agents-title"));
                WriteToolbar(html);
            }

            using (html.Open("div", ("id", "agent-list")))
            {
                for (var index = 0; index < fleet.Agents.Length; index++)
                    AgentSection.Write(html, fleet.Agents[index], Anchor(index), budget);
            }

            html.Element("p", "No agent matches.", ("id", "no-match"), ("class", "about"), ("hidden", "hidden"));
        }
    }

    private static void WriteToolbar(HtmlWriter html)
    {
        html.Line();
        using (html.Open("div", ("class", "toolbar"), ("id", "toolbar"), ("hidden", "hidden")))
        {
            using (html.Open("label"))
            {
                html.Element("span", "Filter");
                html.Empty("input", ("type", "search"), ("id", "filter"), ("placeholder", "Name, type or rule"), ("autocomplete", "off"));
            }

            using (html.Open("label"))
            {
                html.Element("span", "Level");
                using (html.Open("select", ("id", "level")))
                {
                    html.Element("option", "all", ("value", string.Empty));
                    foreach (var level in Phrases.LevelsWorstFirst)
                        html.Element("option", level.ToKebabCase(), ("value", level.ToKebabCase()));
                }
            }

            using (html.Open("label"))
            {
                html.Element("span", "Sort by");
                using (html.Open("select", ("id", "sort")))
                {
                    html.Element("option", "score", ("value", "score"));
                    html.Element("option", "name", ("value", "name"));
                    html.Element("option", "findings", ("value", "findings"));
                    html.Element("option", "lazy loading", ("value", "candidate"));
                }
            }
        }
    }
}
