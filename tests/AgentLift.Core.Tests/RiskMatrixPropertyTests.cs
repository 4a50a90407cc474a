using AgentLift.Core.Measures;
using AgentLift.Core.Risk;
using FsCheck;
using FsCheck.Fluent;

namespace AgentLift.Core.Tests;

public class RiskMatrixPropertyTests
{
    public static TheoryData<string> Matrices => new(RiskMatrixReader.BuiltIn.Select(matrix => matrix.Name));

    [Theory]
    [MemberData(nameof(Matrices))]
    public void Contributions_add_up_to_the_score_before_rounding(string name)
    {
        var matrix = Find(name);

        Prop.ForAll(AnyMeasures(), values =>
        {
            var score = matrix.Score(Measured.Of(values));
            var sum = score.Factors.Sum(factor => factor.Contribution);
            return score.Score == Math.Min(matrix.Scale, (int)Math.Ceiling(sum)) && score.Score >= 0;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void More_of_any_metric_never_lowers_the_score(string name)
    {
        var matrix = Find(name);
        var more = from values in AnyMeasures().Generator
                   from index in Gen.Choose(0, values.Length - 1)
                   from added in Gen.Choose(0, 600)
                   select (Values: values, Index: index, Added: (decimal)added);

        Prop.ForAll(more.ToArbitrary(), pair =>
        {
            var raised = pair.Values.ToArray();
            raised[pair.Index].Value += pair.Added;
            return matrix.Score(Measured.Of(raised)).Score >= matrix.Score(Measured.Of(pair.Values)).Score;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_matrix_that_falls_is_caught_by_the_property()
    {
        var falling = new RiskFactor("x", 1, Metric.CodeLines, [new(Severity.High, 1, true), new(Severity.Low, 10, true)]);

        ((int)falling.SeverityOf(20)).ShouldBeLessThan((int)falling.SeverityOf(5));
    }

    private static RiskMatrix Find(string name) => RiskMatrixReader.BuiltIn.Single(matrix => matrix.Name == name);

    private static Arbitrary<(string Metric, decimal Value)[]> AnyMeasures() =>
        Gen.Choose(0, 700).ArrayOf(Metric.All.Count)
            .Select(values => Metric.All.Zip(values, (metric, value) => (metric, (decimal)value)).ToArray())
            .ToArbitrary();
}
