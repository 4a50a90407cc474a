using AgentLift.Core.Risk;

namespace AgentLift.Cli.Reports;

/// <summary>How the factors of a score add up, read off the score itself, so that it fits any matrix.</summary>
/// <param name="Total">Sum of the contributions before rounding.</param>
/// <param name="Scale">What weight times severity is multiplied by; 1 on a point matrix.</param>
internal sealed record FactorSum(decimal Total, decimal Scale)
{
    /// <summary>Reads a score.</summary>
    public static FactorSum Of(RiskScore risk)
    {
        var telling = risk.Factors.FirstOrDefault(factor => factor.Weight * factor.Severity > 0);
        return new FactorSum(
            risk.Factors.Sum(factor => factor.Contribution),
            telling is null ? 1 : decimal.Round(telling.Contribution / (telling.Weight * telling.Severity), 6));
    }

    /// <summary>How one line comes about.</summary>
    public string Formula => Scale == 1 ? "points x severity" : $"{Figures.Plain(Scale)} x weight x severity";

    /// <summary>How the sum becomes the score.</summary>
    public string Conclusion(int score) => Total == score
        ? $"sum {Figures.Plain(Total)}"
        : $"sum {Figures.Plain(Total)}, rounded up to {score}";
}
