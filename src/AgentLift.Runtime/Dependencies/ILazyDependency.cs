namespace AgentLift.Runtime.Dependencies;

/// <summary>A lazy dependency as its agent sees it.</summary>
internal interface ILazyDependency
{
    string Name { get; }

    LazyDependencyState State { get; }

    LazyWarmup Warmup { get; }

    Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>Disposes the value, if there is one. Never throws.</summary>
    ValueTask ReleaseAsync();
}
