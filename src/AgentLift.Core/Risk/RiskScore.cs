using System.Collections.Immutable;

namespace AgentLift.Core.Risk;

/// <summary>An agent's risk: the whole number, its band, and the factors that add up to it.</summary>
/// <param name="Matrix">Name of the matrix that was used.</param>
/// <param name="Score">0 to the scale of the matrix (50 on the built-in ones), rounded up.</param>
/// <param name="Level">The band of the score.</param>
/// <param name="Strategy">How an agent of that level is lifted.</param>
/// <param name="Factors">All factors in the order of the matrix, also those that add nothing.</param>
public sealed record RiskScore(
    string Matrix,
    int Score,
    RiskLevel Level,
    MigrationStrategy Strategy,
    ImmutableArray<FactorScore> Factors);
