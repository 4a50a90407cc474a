using AgentLift.Core.Risk;

namespace AgentLift.Migration.Planning;

/// <summary>How long lifting an agent may take, by its level (SPEC section 3).</summary>
/// <param name="From">The shortest.</param>
/// <param name="To">The longest.</param>
public sealed record TimeBudget(TimeSpan From, TimeSpan To)
{
    /// <summary>The budget of a level; <see langword="null"/> for critical agents, of which a person decides each step.</summary>
    public static TimeBudget? Of(RiskLevel level) => level switch
    {
        RiskLevel.Low => new(TimeSpan.Zero, TimeSpan.FromSeconds(30)),
        RiskLevel.Medium => new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5)),
        RiskLevel.High => new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)),
        _ => null,
    };
}
