using AgentLift.Cli.Reports.Terminal;
using AgentLift.Core.Risk;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Tests.Reports;

public class ExplainReportTests
{
    [Fact]
    public void The_reference_agent_reads_as_approved() =>
        Explain(SampleAgents.ModelManager, width: 100).ShouldMatchApproved(options => options.WithFileExtension(".txt").SubFolder("Snapshots").NoDiff());

    [Fact]
    public void The_sum_is_shown_before_it_is_rounded_up()
    {
        var text = Explain(SampleAgents.ModelManager);
        text.ShouldContain("50 x weight x severity");
        text.ShouldContain("Sum 34.375, rounded up to 35: high risk, strategy framework.");
    }

    [Fact]
    public void A_point_matrix_is_explained_in_points()
    {
        var risk = new RiskScore("points", 28, RiskLevel.High, MigrationStrategy.Framework,
        [
            new FactorScore("no-base-agent", 10, 1, 10, "does not derive from BaseAgent"),
            new FactorScore("manual-sockets", 8, 1, 8, "1 listener"),
            new FactorScore("manual-threads", 7, 1, 7, "1 thread"),
            new FactorScore("over-50-kilobytes", 4, 0, 0, "12 KB"),
            new FactorScore("databases", 3, 1, 3, "1 kind: Redis"),
        ]);
        var text = Explain(SampleAgents.ModelManager with { Risk = risk });
        text.ShouldContain("points x severity");
        text.ShouldContain("Sum 28: high risk, strategy framework.");
    }

    [Fact]
    public void The_caret_stands_under_the_place()
    {
        var lines = Explain(SampleAgents.ModelManager).Split('\n');
        var code = Array.FindIndex(lines, line => line.Contains("new Thread(PollLoop)"));
        lines[code + 1].IndexOf('^').ShouldBe(lines[code].IndexOf("_thread", StringComparison.Ordinal));
        lines[code + 1].Count(character => character == '^').ShouldBe("_thread = new Thread(PollLoop) { IsBackground = true };".Length);
    }

    [Fact]
    public void An_agent_without_evidence_is_explained_too() =>
        Explain(SampleAgents.Agent("echo", 0, 0, 0, 0, 0, candidate: 0, rules: [], lifted: true)).ShouldContain("Evidence: 0 findings");

    [Fact]
    public void Hostile_text_does_not_steer_the_terminal() =>
        Explain(SampleFleet.Hostile.Agents[1], unicode: false).ShouldNotContain("\u001b");

    private static string Explain(AssessedAgent agent, int width = 80, bool unicode = true) =>
        Render.Console(console => new ExplainReport().Write(agent, console), width, unicode);
}
