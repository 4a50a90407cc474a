namespace AgentLift.Runtime;

/// <summary>Marks a constructor that a migration kept for callers that still make the agent by hand. Remove it with the last of them, at the Integration stage.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class CompatibilityConstructorAttribute : Attribute;
