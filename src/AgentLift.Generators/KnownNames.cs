namespace AgentLift.Generators;

/// <summary>Types and members of the runtime and the platform that the generators look for.</summary>
internal static class KnownNames
{
    public const string LazyDependencyAttribute = "AgentLift.Runtime.LazyDependencyAttribute";
    public const string BaseAgent = "AgentLift.Runtime.BaseAgent";
    public const string DeclareDependencies = "DeclareDependencies";
    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string Task = "System.Threading.Tasks.Task`1";
    public const string ValueTask = "System.Threading.Tasks.ValueTask`1";
}
