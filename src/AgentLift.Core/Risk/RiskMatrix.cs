using System.Collections.Immutable;
using AgentLift.Core.Measures;

namespace AgentLift.Core.Risk;

/// <summary>How a matrix adds up.</summary>
public enum MatrixKind
{
    /// <summary>Scale times the sum of weight times severity; the weights sum to 1.</summary>
    Weighted = 0,

    /// <summary>The sum of points times severity, read on the scale.</summary>
    Points = 1,
}

/// <summary>A risk matrix: factors over metrics, and the bands of the score (SPEC section 3).</summary>
/// <param name="Name">Name by which it is chosen.</param>
/// <param name="Kind">How it adds up.</param>
/// <param name="Scale">The highest score.</param>
/// <param name="Factors">Its lines.</param>
/// <param name="Bands">Levels by rising score; the first begins at 0.</param>
public sealed record RiskMatrix(string Name, MatrixKind Kind, int Scale, ImmutableArray<RiskFactor> Factors, ImmutableArray<RiskBand> Bands)
{
    /// <summary>Scores an agent by its measures. Pure; more of any metric never lowers the score.</summary>
    public RiskScore Score(AgentMeasures measures)
    {
        var factors = ImmutableArray.CreateBuilder<FactorScore>(Factors.Length);
        var sum = 0m;
        foreach (var factor in Factors)
        {
            var measure = measures[factor.Metric];
            var severity = (int)factor.SeverityOf(measure.Value) / 4m;
            var contribution = (Kind == MatrixKind.Weighted ? Scale : 1) * factor.Weight * severity;
            factors.Add(new FactorScore(factor.Id, factor.Weight, severity, contribution, measure.Reason));
            sum += contribution;
        }

        var score = Math.Min(Scale, (int)Math.Ceiling(sum));
        var band = Bands.Last(candidate => candidate.From <= score);
        return new RiskScore(Name, score, band.Level, band.Strategy, factors.MoveToImmutable());
    }
}

/// <summary>One line of a matrix.</summary>
/// <param name="Id">Factor id, in kebab case.</param>
/// <param name="Weight">Weight (0 to 1) or points.</param>
/// <param name="Metric">The metric that it reads (see <see cref="Metric"/>).</param>
/// <param name="Steps">Thresholds by rising severity.</param>
public sealed record RiskFactor(string Id, decimal Weight, string Metric, ImmutableArray<SeverityStep> Steps)
{
    /// <summary>The highest severity whose threshold the value reaches.</summary>
    public Severity SeverityOf(decimal value)
    {
        var severity = Severity.None;
        foreach (var step in Steps)
        {
            if (step.Inclusive ? value >= step.Threshold : value > step.Threshold)
                severity = step.Severity;
        }

        return severity;
    }
}

/// <summary>From which value on a severity applies.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="Threshold">The value, in the unit of the metric.</param>
/// <param name="Inclusive"><see langword="true"/> for <c>from</c>, <see langword="false"/> for <c>above</c>.</param>
public sealed record SeverityStep(Severity Severity, decimal Threshold, bool Inclusive);

/// <summary>A level and what follows from it.</summary>
/// <param name="Level">The level.</param>
/// <param name="From">Lowest score of the band.</param>
/// <param name="Strategy">How such an agent is lifted.</param>
/// <param name="TimeBudget">How long the lift may take, as text.</param>
/// <param name="Observation">How long the roll-out is watched, as text.</param>
public sealed record RiskBand(RiskLevel Level, int From, MigrationStrategy Strategy, string TimeBudget, string Observation);
