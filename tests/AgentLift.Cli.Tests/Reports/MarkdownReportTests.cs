using AgentLift.Cli.Reports.Markdown;

namespace AgentLift.Cli.Tests.Reports;

public class MarkdownReportTests
{
    [Fact]
    public void Fourteen_agents_read_as_approved() =>
        new MarkdownReport().Text(SampleFleet.Fourteen).ShouldMatchApproved(options => options.WithFileExtension(".md").SubFolder("Snapshots").NoDiff());

    [Fact]
    public void Hostile_text_stays_text()
    {
        var text = new MarkdownReport().Text(SampleFleet.Hostile);

        text.ShouldNotContain("<script>");
        text.ShouldNotContain("<b>");
        text.ShouldNotContain("@everyone");
        text.ShouldContain("a\\|b\\`c\\`\\*d\\* &#35; e &#64;everyone");
        foreach (var row in text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
            row.Replace("\\|", string.Empty).Count(character => character == '|').ShouldBe(8, row);
    }

    [Fact]
    public void An_empty_fleet_says_so_without_a_table()
    {
        var text = new MarkdownReport().Text(SampleFleet.Empty);
        text.ShouldContain("No agents found in legacy/Fleet.sln.");
        text.ShouldNotContain("|---|");
    }

    [Fact]
    public void Errors_alone_are_listed_with_what_to_do() =>
        new MarkdownReport().Text(SampleFleet.ErrorsOnly).ShouldContain("- agents.yaml:12: unknown key 'prot'. Next: write 'port', or remove the line.");

    [Fact]
    public void A_large_fleet_fits_a_comment_and_folds_its_tail()
    {
        var text = new MarkdownReport().Text(SampleFleet.Large(200));
        text.Length.ShouldBeLessThan(65_536);
        text.ShouldContain("<details><summary>175 more agents</summary>");
        text.Split('\n').Count(line => line.StartsWith("| agent-", StringComparison.Ordinal)).ShouldBe(200);
    }
}
