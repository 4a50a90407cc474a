using AgentLift.Cli.Reports.Pages;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Migrating;

namespace AgentLift.Cli.Tests.Reports;

public class PlacesLeftViewTests
{
    private const string FarAway = "src/a/folder/of/which/the/name/takes/more/than/half/of/what/a/terminal/is/wide/and/then/some/more/to/be/sure/of/it/Agent.cs";

    [Fact]
    public void A_few_places_are_links_under_their_agents()
    {
        var text = Written(Page(Left("Clock", "AGL2003", "Clock.cs", 12, "no token is in reach"), Left("Clock", "AGL1002", "Clock.cs", 30, "a person must look"), Left("Poll", "", "Poll.cs", 3, "it is in a script")));

        text.ShouldBe("""
            Left as it is
              Clock
                Clock.cs(12,5): AGL2003 no token is in reach
                Clock.cs(30,5): AGL1002 a person must look
              Poll
                Poll.cs(3,5):  it is in a script

            done

            """);
    }

    [Fact]
    public void Many_are_summed_up_by_rule_and_reason_the_most_frequent_first()
    {
        var page = Page([
            .. Enumerable.Range(1, 50).Select(i => Left($"Agent{i % 10}", "AGL2003", $"Agent{i % 10}.cs", i, "no token is in reach")),
            .. Enumerable.Range(1, 9).Select(i => Left("Other", "AGL2003", "Other.cs", i, $"reason {i}")),
            Left("Other", "AGL1002", "Other.cs", 90, "a person must look"),
        ]);

        Written(page).ShouldBe($"""
            Left as it is
              AGL1002 {RuleTable.Get("AGL1002").Title}, 1 place in 1 agent
                   1  a person must look  Other.cs:90
              AGL2003 {RuleTable.Get("AGL2003").Title}, 59 places in 11 agents
                  50  no token is in reach  Agent1.cs:1 ...
                   1  reason 1  Other.cs:1
                   1  reason 2  Other.cs:2
                   1  reason 3  Other.cs:3
                   1  reason 4  Other.cs:4
                   5  for 5 other reasons
              Each place: --verbosity detailed, or --format markdown, html or json with --output FILE.

            done

            """);
        Written(page, listAll: true).Split('\n').Count(line => line.Contains("): AGL", StringComparison.Ordinal)).ShouldBe(60);
    }

    [Fact]
    public void Files_list_each_place()
    {
        var page = Page([.. Enumerable.Range(1, 50).Select(i => Left("Clock", "AGL2003", "Clock.cs", i, "no token is in reach"))]);

        using var markdown = new StringWriter();
        PageMarkdown.Write(page, markdown);
        using var html = new StringWriter();
        PageHtml.Write(page, html);

        foreach (var text in new[] { markdown.ToString(), html.ToString() })
        {
            text.ShouldContain("Clock.cs:1, Clock.cs:2, ");
            text.ShouldContain("Clock.cs:50");
        }
    }

    [Fact]
    public void A_table_that_is_wider_than_the_terminal_still_tells_all()
    {
        var page = new Page("t", "agentlift 1", ".", "done", [new PageTable("Files", ["File", "Rules", "Why"], [[FarAway, "AGL2003", "no token is in reach"]])], new object());

        var text = Render.Console(console => PageConsole.Write(page, console), width: 80);

        string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).ShouldContain("no token is in reach".Replace(" ", string.Empty, StringComparison.Ordinal));
        text.ShouldNotContain("…");
    }

    [Fact]
    public void A_table_that_nearly_fits_gives_its_gaps_before_it_breaks_a_name()
    {
        var page = new Page("t", "agentlift 1", ".", "done", [new PageTable("Agents", ["Agent", "Level", "Why"], [["streaming-speech-recognition", "medium", "no token is in reach"]])], new object());

        Render.Console(console => PageConsole.Write(page, console), width: 58).ShouldContain("streaming-speech-recognition medium no token is in reach");
    }

    private static string Written(Page page, bool listAll = false) => Render.Console(console => PageConsole.Write(page, console, listAll), width: 60);

    private static Page Page(params (string, LeftPlace)[] places) => new("t", "agentlift 1", ".", "done", [new PagePlacesLeft("Left as it is", [.. places])], new object());

    private static (string Agent, LeftPlace Left) Left(string agent, string rule, string file, int line, string reason) =>
        (agent, new LeftPlace(rule, MigrationStage.CoreLogic, new SourcePlace(file, line, 5, line, 9), reason));
}
