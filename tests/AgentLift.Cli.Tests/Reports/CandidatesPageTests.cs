using AgentLift.Cli.Reports.Pages;
using AgentLift.Migration.Candidates;
using AgentLift.Migration.Measuring;

namespace AgentLift.Cli.Tests.Reports;

public class CandidatesPageTests
{
    private static readonly CandidateRanking Ranking = CandidateRanking.Of(
        SampleFleet.Fourteen, [.. SampleFleet.Fourteen.Agents.Select(agent => Measurement(agent.Name, 12_345.6, 345.6)), Measurement("retired", 2, 1)]);

    [Fact]
    public void Every_agent_has_one_line_a_table_that_fits_a_page()
    {
        var text = Render.Console(console => PageConsole.Write(Page(Ranking), console), width: 120);

        foreach (var agent in SampleFleet.Fourteen.Agents)
        {
            text.Split('\n').Count(line => line.Contains($"  {agent.Name} ", StringComparison.Ordinal)).ShouldBe(1, agent.Name);
            text.Split('\n').Count(line => line.StartsWith($" {agent.Name} ", StringComparison.Ordinal) && line.EndsWith("target", StringComparison.Ordinal)).ShouldBe(1, agent.Name);
        }
    }

    [Fact]
    public void A_measured_improvement_is_told_and_not_an_estimate()
    {
        var text = Render.Console(console => PageConsole.Write(Page(Ranking), console), width: 120);

        text.ShouldContain("14 measured: ready 97.2 % sooner on average (the original fleet: 65.7 % sooner).");
        text.ShouldContain("Measured, but not found any more\n  retired");
    }

    [Fact]
    public void Without_measurements_the_page_says_how_to_get_them()
    {
        var text = Render.Console(console => PageConsole.Write(Page(CandidateRanking.Of(SampleFleet.Fourteen, [])), console), width: 120);

        text.ShouldContain("None measured: agentlift measure ... --save starts an agent before and after.");
        text.ShouldNotContain("Ready before");
    }

    [Fact]
    public void Places_are_those_of_agents_that_are_worth_optimising()
    {
        var estimated = CandidateRanking.Of(SampleFleet.Fourteen, []);

        Page(estimated).Places.Select(place => place.Agent).ShouldBe(["face-recognition", "streaming-speech-recognition", "model-manager", "emotion-engine"]);
    }

    private static Page Page(CandidateRanking ranking) => CandidatesPage.Of(ranking, ranking.All);

    private static AgentMeasurement Measurement(string agent, double before, double after) => new(
        agent, new DateTimeOffset(2030, 1, 31, 12, 0, 0, TimeSpan.Zero), "agentlift 0.1.0", "a machine", "r", [.. Runs(before)], [.. Runs(after)]);

    private static IEnumerable<RunFigures> Runs(double milliseconds) => Enumerable.Repeat(new RunFigures(milliseconds, null, 12_345L * 1024 * 1024, 12_345L * 1024 * 1024), 3);
}
