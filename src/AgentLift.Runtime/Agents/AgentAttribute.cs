namespace AgentLift.Runtime;

/// <summary>Marks a class as an agent, and names it.</summary>
/// <param name="name">The agent's name in configuration, logs and metrics; the name of the class where <see langword="null"/>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AgentAttribute(string? name = null) : Attribute
{
    /// <summary>The agent's name; <see langword="null"/> for the name of the class.</summary>
    public string? Name { get; } = name;
}
