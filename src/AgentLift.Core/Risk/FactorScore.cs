namespace AgentLift.Core.Risk;

/// <summary>One line of a score: a factor, how strongly it applies, what it adds, and why.</summary>
/// <param name="Id">Factor id, such as <c>file-size</c>.</param>
/// <param name="Weight">Weight (weighted matrix, the weights sum to 1) or points (point matrix).</param>
/// <param name="Severity">0 to 1.</param>
/// <param name="Contribution">What the factor adds to the score before rounding.</param>
/// <param name="Reason">A short phrase with the measured figure.</param>
public sealed record FactorScore(string Id, decimal Weight, decimal Severity, decimal Contribution, string Reason);
