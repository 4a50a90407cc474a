using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>A place that is left as it is, and why.</summary>
/// <param name="RuleId">The rule that the place breaks.</param>
/// <param name="Location">The place.</param>
/// <param name="Reason">Why nothing sound can be written there, for a person.</param>
public sealed record Obstacle(string RuleId, Location Location, string Reason)
{
    /// <summary>It stands in code that makes or starts the agent, and keeps nothing of the agent itself from being lifted.</summary>
    public bool IsOfCaller { get; init; }
}
