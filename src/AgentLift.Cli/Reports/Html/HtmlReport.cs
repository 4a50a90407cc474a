using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>The assessment as one self-contained page: no request leaves it, and it reads on a phone, in print, and without scripts.</summary>
internal sealed class HtmlReport : IReport
{
    /// <inheritdoc/>
    public void Write(FleetAssessment fleet, TextWriter output)
    {
        output.Write("<!DOCTYPE html>\n");
        var html = new HtmlWriter(output);
        using (html.Open("html", ("lang", "en")))
        {
            WriteHead(html, fleet);
            html.Line();
            using (html.Open("body"))
                WriteBody(html, fleet);
        }

        output.Write('\n');
    }

    private static void WriteHead(HtmlWriter html, FleetAssessment fleet)
    {
        var policy = $"default-src 'none'; style-src {PageResource.Style.PolicyHash}; script-src {PageResource.Script.PolicyHash}; "
            + "base-uri 'none'; form-action 'none'";
        using (html.Open("head"))
        {
            html.Line().Empty("meta", ("charset", "utf-8"));
            html.Line().Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Line().Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
            html.Line().Empty("meta", ("name", "referrer"), ("content", "no-referrer"));
            html.Line().Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", policy));
            html.Line().Element("title", $"AgentLift assessment of {fleet.Target}");
            html.Line().Own("style", PageResource.Style.Content).Line();
        }
    }

    private static void WriteBody(HtmlWriter html, FleetAssessment fleet)
    {
        using (html.Open("div", ("class", "page")))
        {
            PageHeader.Write(html, fleet);
            using (html.Open("main"))
            {
                SummaryCards.Write(html, fleet);
                if (fleet.Errors.Length > 0)
                    ErrorSection.Write(html, fleet);
                if (fleet.Agents.Length > 0)
                {
                    ChartSection.Write(html, fleet);
                    AgentList.Write(html, fleet);
                }
            }

            PageFooter.Write(html, fleet);
        }

        html.Own("script", PageResource.Script.Content);
    }
}
