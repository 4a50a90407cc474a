namespace AgentLift.Runtime;

/// <summary>A heavy dependency could not be loaded. The next use tries again.</summary>
public sealed class DependencyLoadException : Exception
{
    /// <summary>States which dependency of which agent could not be loaded, and why.</summary>
    /// <param name="agent">The agent's name.</param>
    /// <param name="dependency">The dependency's name.</param>
    /// <param name="reason">Why.</param>
    /// <param name="inner">The exception that the load threw, if one was.</param>
    public DependencyLoadException(string agent, string dependency, string reason, Exception? inner = null)
        : base($"Dependency {dependency} of agent {agent} could not be loaded: {reason}", inner)
    {
        Agent = agent;
        Dependency = dependency;
    }

    /// <summary>The agent's name.</summary>
    public string Agent { get; }

    /// <summary>The dependency's name.</summary>
    public string Dependency { get; }
}
