using AgentLift.Cli.Reports.Terminal;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Tests.Reports;

public class TableReportTests
{
    [Theory]
    [InlineData(80, true)]
    [InlineData(80, false)]
    [InlineData(120, true)]
    [InlineData(120, false)]
    public void Every_agent_has_one_line_that_fits(int width, bool unicode)
    {
        var lines = Table(SampleFleet.Fourteen, width, unicode).Split('\n');

        foreach (var agent in SampleFleet.Fourteen.Agents)
            lines.Count(line => line.TrimStart().StartsWith(agent.Name + " ", StringComparison.Ordinal)).ShouldBe(1, agent.Name);
        lines.TakeWhile(line => !line.Contains("14 agents")).ShouldAllBe(line => line.Length <= width);
        if (!unicode)
            lines.ShouldAllBe(line => line.All(char.IsAscii));
    }

    [Fact]
    public void Totals_problems_and_the_next_step_follow()
    {
        var text = Table(SampleFleet.Fourteen);

        text.ShouldContain("14 agents: 3 lifted, 11 legacy. Adoption 3 of 14, 21.4 %. Total score 210.");
        text.ShouldContain("By level: 1 critical, 2 high, 3 medium, 8 low.");
        text.ShouldContain("  agents.yaml:12: unknown key 'prot'\n    next: write 'port', or remove the line\n");
        text.ShouldEndWith("Next: agentlift explain vram-optimizer legacy/Fleet.sln\n");
    }

    [Fact]
    public void Without_colours_nothing_but_text_is_written() => Table(SampleFleet.Fourteen).ShouldNotContain("\u001b");

    [Fact]
    public void The_verbose_table_lists_every_finding_on_one_line_whatever_the_width()
    {
        var text = Render.Console(new TableReport(verbose: true).WriteTo(SampleFleet.Fourteen), width: 40);
        foreach (var finding in SampleFleet.Fourteen.Agents.SelectMany(agent => agent.Evidence))
            text.ShouldContain($"  {finding.Place.File}({finding.Place.Line},{finding.Place.Column}): {finding.Rule.Id} {finding.Message}\n");
    }

    [Fact]
    public void All_of_two_hundred_agents_are_shown()
    {
        var text = Table(SampleFleet.Large(200));
        foreach (var agent in SampleFleet.Large(200).Agents)
            text.ShouldContain($"\n {agent.Name} ");
    }

    [Fact]
    public void An_empty_fleet_says_so() => Table(SampleFleet.Empty).ShouldBe("No agents found in legacy/Fleet.sln.\n");

    [Fact]
    public void Errors_alone_are_listed()
    {
        var text = Table(SampleFleet.ErrorsOnly);
        text.ShouldContain("3 problems; what does not depend on them was still assessed");
        text.ShouldNotContain("Next: agentlift");
    }

    [Fact]
    public void Hostile_names_neither_steer_the_terminal_nor_break_lines()
    {
        var text = Table(SampleFleet.Hostile, width: 200);
        text.ShouldNotContain("\u001b");
        text.ShouldNotContain("next line\n\n");
        text.ShouldContain("explain '<script>alert(1)</script>' legacy/Fleet.sln");
    }

    [Theory]
    [InlineData("model-manager", "model-manager")]
    [InlineData("my fleet/a.sln", "'my fleet/a.sln'")]
    [InlineData("it's; rm -rf ~", "'it'\\''s; rm -rf ~'")]
    [InlineData("", "''")]
    public void Commands_to_copy_are_quoted(string argument, string quoted) => ShellWord.Quote(argument).ShouldBe(quoted);

    private static string Table(FleetAssessment fleet, int width = 80, bool unicode = true) =>
        Render.Console(new TableReport().WriteTo(fleet), width, unicode);
}

file static class TableReportExtensions
{
    public static Action<Spectre.Console.IAnsiConsole> WriteTo(this TableReport report, FleetAssessment fleet) =>
        console => report.Write(fleet, console);
}
