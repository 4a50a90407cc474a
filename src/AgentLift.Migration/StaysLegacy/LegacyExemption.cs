namespace AgentLift.Migration.StaysLegacy;

/// <summary>An agent that stays as it is for now.</summary>
/// <param name="Agent">Its name, or the full name of its class.</param>
/// <param name="Reason">Why.</param>
/// <param name="Review">The day on which someone looks again.</param>
public sealed record LegacyExemption(string Agent, string Reason, DateOnly Review)
{
    /// <summary>Whether that day has passed.</summary>
    public bool IsOverdue(DateOnly today) => Review < today;
}
