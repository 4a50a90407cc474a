namespace AgentLift.Runtime;

/// <summary>
/// Marks a partial member of an agent as a heavy dependency: a property without a setter, whose reader waits for the load,
/// or a method that gives a <see cref="ValueTask{TResult}"/> or <see cref="Task{TResult}"/> and takes a <see cref="CancellationToken"/> or nothing.
/// Its body is generated, over a <see cref="LazyDependency{T}"/> that is declared before the agent's constructors run.
/// </summary>
/// <param name="load">
/// The method of the agent that loads it, as <c>nameof(LoadEmbeddings)</c>: static or not, without parameters or with one <see cref="CancellationToken"/>.
/// It runs on a thread of the pool. For a method it may be asynchronous. <see langword="null"/> for the dependency's constructor without parameters, or with <see cref="FromServices"/> for a registered service.
/// </param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method, Inherited = false)]
public sealed class LazyDependencyAttribute(string? load = null) : Attribute
{
    /// <summary>The method that loads it; <see langword="null"/> for the dependency's constructor without parameters.</summary>
    public string? Load { get; } = load;

    /// <summary>The dependency's name in logs, metrics and health, and for <c>EnsureDependenciesLoadedAsync</c>; the name of the member where <see langword="null"/>.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Whether it is a service of the host, resolved on first use instead of with the agent, and disposed of by its container; <see langword="false"/> by default.
    /// Not together with a load method.
    /// </summary>
    public bool FromServices { get; init; }

    /// <summary>Whether it is loaded before its first use; <see cref="LazyWarmup.None"/> by default.</summary>
    public LazyWarmup Warmup { get; init; }

    /// <summary>How long one try to load it may take, in seconds; 1 to 86,400, 300 by default (<see cref="LazyDependencyOptions.Timeout"/>).</summary>
    public int TimeoutSeconds { get; init; } = 300;

    /// <summary>How often a failed load is tried again, before those who wait are told; 0 to 100, 0 by default (<see cref="LazyDependencyOptions.Retries"/>).</summary>
    public int Retries { get; init; }

    /// <summary>
    /// Whether a failed load is final, so that its method never runs twice; <see langword="false"/> by default (<see cref="LazyDependencyOptions.KeepFailure"/>).
    /// For a load that also changes something else of the agent.
    /// </summary>
    public bool KeepFailure { get; init; }
}
