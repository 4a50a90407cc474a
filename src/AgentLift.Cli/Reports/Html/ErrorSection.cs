using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>What could not be used, and what to do about it.</summary>
internal static class ErrorSection
{
    private const int InView = 10;

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, FleetAssessment fleet)
    {
        html.Line();
        using (html.Open("section", ("class", "errors"), ("id", "problems"), ("aria-labelledby", "problems-title")))
        {
            html.Element("h2", Figures.Count(fleet.Errors.Length, "problem"), ("id", "problems-title"));
            html.Element("p", "These could not be read or used. The rest was still assessed.", ("class", "about"));
            WriteList(html, fleet.Errors.Take(InView));
            if (fleet.Errors.Length > InView)
            {
                using (html.Open("details", ("class", "more")))
                {
                    html.Element("summary", Figures.Count(fleet.Errors.Length - InView, "more problem"));
                    WriteList(html, fleet.Errors.Skip(InView));
                }
            }
        }
    }

    private static void WriteList(HtmlWriter html, IEnumerable<AssessmentError> errors)
    {
        using (html.Open("ul"))
        {
            foreach (var error in errors)
            {
                using (html.Open("li"))
                    WriteError(html, error);
            }
        }
    }

    private static void WriteError(HtmlWriter html, AssessmentError error)
    {
        if (Phrases.Place(error) is { } place)
            html.Element("code", place, ("class", "place"));
        html.Element("p", Phrases.Sentence(error.Message));
        using (html.Open("p", ("class", "next")))
            html.Element("b", "Next").Text(" " + Phrases.Sentence(error.NextStep));
    }
}
