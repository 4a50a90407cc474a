using AgentLift.Core.Candidates;
using FsCheck;
using FsCheck.Fluent;

namespace AgentLift.Core.Tests;

public class CandidateScorerTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, 0, "low", "high")]
    [InlineData(1.0, 100, 0, 0, 0, "low", "high")]
    [InlineData(1.1, 101, 2, 1, 3.2, "low", "high")]
    [InlineData(2.1, 101, 0, 0, 4, "medium", "medium")]
    [InlineData(3.1, 201, 0, 0, 6, "medium", "low")]
    [InlineData(3.1, 201, 4, 0, 8, "high", "low")]
    [InlineData(9, 999, 20, 20, 10, "high", "low")]
    public void The_score_has_the_parts_and_bands_of_the_specification(
        decimal seconds, decimal megabytes, int dependencies, int eager, decimal score, string potential, string risk)
    {
        var candidate = CandidateScorer.Score(seconds, megabytes, dependencies, eager);

        candidate.Score.ShouldBe(score);
        candidate.Potential.ShouldBe(potential);
        candidate.Risk.ShouldBe(risk);
    }

    [Fact]
    public void Patterns_are_recommended_from_their_thresholds_on()
    {
        CandidateScorer.Score(0, 0, 1, 0).Patterns.ShouldBeEmpty();
        CandidateScorer.Score(0, 0, 0, 1).Patterns.ShouldBe(["lazy-loading"]);
        CandidateScorer.Score(0, 0, 2, 0).Patterns.ShouldBe(["cache-optimisation"]);
        CandidateScorer.Score(0, 0, 3, 3).Patterns.ShouldBe(["lazy-loading", "asynchronous-initialisation", "cache-optimisation", "dependency-reduction"]);
    }

    [Fact]
    public void More_of_any_figure_never_lowers_the_score()
    {
        var figures = from seconds in Gen.Choose(0, 50)
                      from megabytes in Gen.Choose(0, 400)
                      from dependencies in Gen.Choose(0, 10)
                      from eager in Gen.Choose(0, 10)
                      from which in Gen.Choose(0, 3)
                      from added in Gen.Choose(0, 300)
                      select (seconds, megabytes, dependencies, eager, which, added);

        Prop.ForAll(figures.ToArbitrary(), f =>
        {
            var before = CandidateScorer.Score(f.seconds / 10m, f.megabytes, f.dependencies, f.eager);
            var after = CandidateScorer.Score(
                (f.seconds + (f.which == 0 ? f.added : 0)) / 10m,
                f.megabytes + (f.which == 1 ? f.added : 0),
                f.dependencies + (f.which == 2 ? f.added : 0),
                f.eager + (f.which == 3 ? f.added : 0));
            return after.Score >= before.Score;
        }).QuickCheckThrowOnFailure();
    }
}
