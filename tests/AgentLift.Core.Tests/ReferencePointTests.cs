using AgentLift.Core.Measures;
using AgentLift.Core.Risk;

namespace AgentLift.Core.Tests;

/// <summary>The two agents of SPEC section 3 whose scores are known from the original fleet.</summary>
public class ReferencePointTests
{
    private static readonly RiskMatrix Weighted = RiskMatrixReader.BuiltIn.Single(matrix => matrix.Name == "weighted");
    private static readonly RiskMatrix Points = RiskMatrixReader.BuiltIn.Single(matrix => matrix.Name == "points");

    [Fact]
    public void The_model_manager_scores_35_on_the_weighted_matrix()
    {
        var score = Weighted.Score(Measured.Of(
            (Metric.SourceKilobytes, 227), (Metric.GpuHandling, 3), (Metric.ThreadingComplexity, 3), (Metric.DatabaseKinds, 2), (Metric.RoleCriticality, 2)));

        score.Factors.Select(factor => factor.Severity).ShouldBe([0.75m, 0.75m, 0.75m, 0.5m, 0.5m]);
        score.Factors.Sum(factor => factor.Contribution).ShouldBe(34.375m);
        score.Score.ShouldBe(35);
        score.Level.ShouldBe(RiskLevel.High);
        score.Strategy.ShouldBe(MigrationStrategy.Framework);
    }

    [Fact]
    public void The_model_manager_scores_35_on_the_point_matrix()
    {
        var score = Points.Score(Measured.Of(
            (Metric.MissingBaseAgent, 0), (Metric.RawSockets, 1), (Metric.ManualThreads, 1), (Metric.HealthChecks, 1), (Metric.CodeLines, 501),
            (Metric.SourceKilobytes, 227), (Metric.DatabaseKinds, 2), (Metric.ConfigurationReads, 1)));

        score.Score.ShouldBe(35);
    }

    [Fact]
    public void The_tutor_scores_28_on_the_point_matrix()
    {
        var score = Points.Score(Measured.Of(
            (Metric.MissingBaseAgent, 1), (Metric.RawSockets, 1), (Metric.ManualThreads, 2), (Metric.DatabaseKinds, 1), (Metric.SourceKilobytes, 12), (Metric.CodeLines, 320)));

        score.Score.ShouldBe(28);
    }

    [Theory]
    [InlineData(50, 0.25)]
    [InlineData(99.9, 0.25)]
    [InlineData(100, 0.5)]
    [InlineData(200, 0.5)]
    [InlineData(200.1, 0.75)]
    [InlineData(500, 1)]
    [InlineData(49.9, 0)]
    public void Source_size_has_the_steps_of_the_specification(decimal kilobytes, decimal severity) =>
        Weighted.Score(Measured.Of((Metric.SourceKilobytes, kilobytes))).Factors[0].Severity.ShouldBe(severity);

    [Theory]
    [InlineData(0, RiskLevel.Low)]
    [InlineData(15, RiskLevel.Low)]
    [InlineData(16, RiskLevel.Medium)]
    [InlineData(25, RiskLevel.Medium)]
    [InlineData(26, RiskLevel.High)]
    [InlineData(35, RiskLevel.High)]
    [InlineData(36, RiskLevel.Critical)]
    [InlineData(50, RiskLevel.Critical)]
    public void Every_score_falls_into_one_band(int score, RiskLevel level) =>
        Weighted.Bands.Last(band => band.From <= score).Level.ShouldBe(level);
}
