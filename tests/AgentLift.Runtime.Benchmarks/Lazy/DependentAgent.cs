namespace AgentLift.Runtime.Benchmarks.Lazy;

/// <summary>An agent that lends out its dependencies.</summary>
internal sealed class DependentAgent() : BaseAgent(AgentContext.Standalone("dependent"))
{
    public LazyDependency<T> Depend<T>(string name, Func<CancellationToken, ValueTask<T>> load)
        where T : notnull => DeclareDependency(name, load);
}
