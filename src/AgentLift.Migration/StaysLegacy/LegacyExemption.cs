using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AgentLift.Migration.StaysLegacy;

/// <summary>An agent that stays as it is for now, or what may stay in it.</summary>
/// <param name="Agent">Its name, or the full name of its class.</param>
/// <param name="Reason">Why.</param>
/// <param name="Review">The day on which someone looks again.</param>
public sealed record LegacyExemption(string Agent, string Reason, DateOnly Review)
{
    /// <summary>Ids of the rules whose findings may stay, sorted; <see langword="null"/> where the agent stays legacy as a whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Rules { get; init; }

    /// <summary>Whether that day has passed.</summary>
    public bool IsOverdue(DateOnly today) => Review < today;

    /// <summary>Whether two entries are about one agent.</summary>
    internal bool IsSameAgent(LegacyExemption other) => string.Equals(Agent, other.Agent, StringComparison.OrdinalIgnoreCase);
}
