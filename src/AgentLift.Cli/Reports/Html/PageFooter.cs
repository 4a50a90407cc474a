using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>Where the page comes from.</summary>
internal static class PageFooter
{
    /// <summary>Writes the footer.</summary>
    public static void Write(HtmlWriter html, FleetAssessment fleet)
    {
        html.Line();
        using (html.Open("footer"))
        using (html.Open("dl"))
        {
            Fact(html, "Tool", fleet.Tool);
            Fact(html, "Target", fleet.Target);
            Fact(html, "Matrix", fleet.Matrix);
        }
    }

    private static void Fact(HtmlWriter html, string name, string value)
    {
        using (html.Open("div"))
            html.Element("dt", name).Element("dd", value);
    }
}
