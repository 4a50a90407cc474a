namespace AgentLift.Runtime;

/// <summary>Marks an agent whose own base class cannot change: the <see cref="BaseAgent"/> named here owns it, starts it and stops it.</summary>
/// <param name="host">The class that owns it; derives from <see cref="BaseAgent"/>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RunByAttribute(Type host) : Attribute
{
    /// <summary>The class that owns it.</summary>
    public Type Host { get; } = host;
}
