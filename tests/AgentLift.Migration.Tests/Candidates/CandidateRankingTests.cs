using AgentLift.Core.Candidates;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Candidates;
using AgentLift.Migration.Tests.Measuring;

namespace AgentLift.Migration.Tests.Candidates;

public class CandidateRankingTests
{
    [Fact]
    public void The_best_candidate_comes_first_and_names_decide_between_equals()
    {
        var ranking = CandidateRanking.Of(SampleFleet.Of(Agent("b", 1.2m), Agent("heavy", 3.5m, memory: 300, heavy: 6), Agent("a", 1.2m)), []);

        ranking.All.Select(candidate => (candidate.Rank, candidate.Agent.Name)).ShouldBe([(1, "heavy"), (2, "a"), (3, "b")]);
        ranking.All[0].Score.Score.ShouldBe(9.2m);
        ranking.AverageImprovement.ShouldBeNull();
    }

    [Fact]
    public void What_was_measured_scores_in_place_of_the_estimate_and_the_estimate_stays_beside_it()
    {
        // Estimated at 0.5 s, it takes 3.2 s; estimated at 3.5 s, it takes 0.2 s.
        var ranking = CandidateRanking.Of(
            SampleFleet.Of(Agent("thought-slow", 3.5m), Agent("thought-quick", 0.5m)),
            [Measured.Of("thought-slow", beforeMilliseconds: 200), Measured.Of("thought-quick", beforeMilliseconds: 3_200, bytes: 250L * 1024 * 1024)]);

        ranking.All.Select(candidate => candidate.Agent.Name).ShouldBe(["thought-quick", "thought-slow"]);
        ranking.All[0].Score.Score.ShouldBe(ranking.All[0].Estimated.Score + 4 + 2);
        ranking.All[0].Estimated.StartupSeconds.ShouldBe(0.5m);
    }

    [Fact]
    public void Of_an_agent_whose_lift_has_begun_the_form_after_counts()
    {
        var begun = Agent("tutor", 3.5m) with { Stage = MigrationStage.CoreLogic };

        CandidateRanking.Of(SampleFleet.Of(begun), [Measured.Of("tutor", beforeMilliseconds: 3_200, afterMilliseconds: 1_600)]).All[0].Score.StartupSeconds.ShouldBe(1.6m);
    }

    [Fact]
    public void The_average_is_over_those_measured_and_unknown_names_are_told()
    {
        var ranking = CandidateRanking.Of(
            SampleFleet.Of(Agent("a", 1), Agent("b", 1), Agent("c", 1)),
            [Measured.Of("A", 100, 20), Measured.Of("Fleet.b", 100, 60), Measured.Of("gone")]);

        ranking.Measured.ShouldBe(2);
        ranking.AverageImprovement!.Value.ShouldBe(60, 0.001);
        ranking.Unknown.ShouldBe(["gone"]);
    }

    [Fact]
    public void Every_pattern_that_is_recommended_says_what_it_brought()
    {
        foreach (var id in CandidateScorer.Score(4, 300, 6, 5).Patterns)
            OptimisationPattern.Find(id)!.MostPercent.ShouldBeGreaterThan(OptimisationPattern.Find(id)!.LeastPercent);
        OptimisationPattern.Find("prayer").ShouldBeNull();
    }

    private static AssessedAgent Agent(string name, decimal seconds, decimal memory = 0, int heavy = 0) =>
        SampleFleet.Agent(name, RiskLevel.Low) with { Candidate = CandidateScorer.Score(seconds, memory, heavy, eagerLoads: 1) };
}
