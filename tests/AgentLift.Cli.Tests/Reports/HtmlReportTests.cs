using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using AgentLift.Cli.Reports.Html;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Tests.Reports;

public class HtmlReportTests
{
    [Fact]
    public void Every_page_is_well_formed()
    {
        foreach (var fleet in new[] { SampleFleet.Fourteen, SampleFleet.Empty, SampleFleet.ErrorsOnly, SampleFleet.Hostile, SampleFleet.Large(200) })
            Should.NotThrow(() => Parse(Page(fleet)));
    }

    [Fact]
    public void A_page_that_is_not_well_formed_is_noticed() =>
        Should.Throw<XmlException>(() => Parse(Page(SampleFleet.Empty).Replace("</main>", string.Empty)));

    [Fact]
    public void Nothing_is_loaded_from_anywhere()
    {
        var page = Parse(Page(SampleFleet.Fourteen));

        page.Descendants().Select(element => element.Name.LocalName).ShouldNotContain(name => name == "link" || name == "img" || name == "iframe" || name == "object");
        page.Descendants().Attributes().ShouldNotContain(attribute => attribute.Name.LocalName == "src" || attribute.Name.LocalName == "style");
        page.Descendants().Where(element => element.Attribute("href") is not null).Select(element => element.Name.LocalName).Distinct().ShouldBe(["a"]);
        PageResource.Style.Content.ShouldNotContain("url(");
        PageResource.Style.Content.ShouldNotContain("@import");
        PageResource.Script.Content.ShouldNotContain("http");
    }

    [Fact]
    public void The_policy_lets_in_the_pages_own_style_and_script_and_nothing_else()
    {
        var page = Parse(Page(SampleFleet.Fourteen));
        var policy = page.Descendants("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")!.Value;

        policy.ShouldStartWith("default-src 'none'; ");
        policy.ShouldNotContain("unsafe");
        foreach (var own in page.Descendants().Where(element => element.Name.LocalName is "style" or "script"))
            policy.ShouldContain($"{own.Name.LocalName}-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(own.Value)))}'");
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        var text = Page(SampleFleet.Hostile);
        var page = Parse(text);

        page.Descendants("script").Count().ShouldBe(1);
        page.Descendants("style").Count().ShouldBe(1);
        text.ShouldNotContain("alert(1)</script>");
        page.Descendants("span").ShouldContain(span => span.Value == "<script>alert(1)</script>");
        text.ShouldNotContain("\u001b");
    }

    [Fact]
    public void Every_agent_has_a_section_that_its_bar_leads_to()
    {
        var page = Parse(Page(SampleFleet.Fourteen));
        var ids = page.Descendants("details").Select(details => details.Attribute("id")?.Value).Where(id => id is not null).ToList();

        ids.Count.ShouldBe(14);
        ids.Distinct().Count().ShouldBe(14);
        foreach (var link in page.Descendants("a").Select(link => link.Attribute("href")!.Value).Where(target => target.StartsWith('#')))
            ids.ShouldContain(link[1..]);
    }

    [Fact]
    public void Every_drawing_is_named_or_hidden_from_readers()
    {
        foreach (var drawing in Parse(Page(SampleFleet.Fourteen)).Descendants("svg"))
        {
            var named = drawing.Attribute("role")?.Value == "img" && drawing.Attribute("aria-label")?.Value.Length > 0;
            (named || drawing.Attribute("aria-hidden")?.Value == "true").ShouldBeTrue(drawing.ToString());
        }
    }

    [Fact]
    public void Bars_never_leave_their_track()
    {
        foreach (var drawing in Parse(Page(SampleFleet.Large(200))).Descendants("svg").Where(svg => svg.Attribute("role") is not null))
            drawing.Elements("rect").Max(rect => Number(rect, "x") + Number(rect, "width")).ShouldBeLessThanOrEqualTo(100.01m);
    }

    [Fact]
    public void Code_is_shown_with_its_line_number_and_the_place_marked()
    {
        var code = Parse(Page(SampleFleet.Fourteen)).Descendants("pre").First(pre => pre.Value.Contains("new Thread"));
        code.Element("mark")!.Value.ShouldBe("_thread = new Thread(PollLoop) { IsBackground = true };");
        code.Elements("span").Count().ShouldBe(5);
    }

    [Fact]
    public void Two_hundred_agents_stay_below_three_megabytes()
    {
        var text = Page(SampleFleet.Large(200));
        text.Length.ShouldBeLessThan(3_000_000);
        Parse(text).Descendants("details").Count(details => details.Attribute("class")?.Value == "agent").ShouldBe(200);
    }

    [Fact]
    public void Findings_beyond_the_budget_are_counted_not_hidden()
    {
        var agent = SampleAgents.ModelManager;
        var crowded = agent with { Evidence = [.. Enumerable.Repeat(agent.Evidence, 300).SelectMany(findings => findings)] };
        Page(SampleFleet.Of([crowded], [])).ShouldContain("more findings in the JSON and SARIF reports.");
    }

    [Fact]
    public void An_empty_fleet_and_errors_alone_still_make_a_page()
    {
        Page(SampleFleet.Empty).ShouldContain("No agents were found.");
        Page(SampleFleet.Empty).ShouldNotContain("id=\"problems\"");
        Page(SampleFleet.ErrorsOnly).ShouldContain("3 problems");
    }

    private static string Page(FleetAssessment fleet) => new HtmlReport().Text(fleet);

    private static XDocument Parse(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    private static decimal Number(XElement element, string name) => decimal.Parse(element.Attribute(name)?.Value ?? "0");
}
