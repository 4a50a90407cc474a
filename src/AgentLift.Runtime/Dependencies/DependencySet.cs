using System.Collections.Immutable;

namespace AgentLift.Runtime.Dependencies;

/// <summary>The lazy dependencies of one agent: loaded by name, warmed up together, released in the reverse order of loading.</summary>
internal sealed class DependencySet
{
    private readonly Lock gate = new();
    private readonly List<ILazyDependency> loaded = [];

    public ImmutableArray<ILazyDependency> All { get; private set; } = [];

    public void Add(ILazyDependency dependency)
    {
        lock (gate)
        {
            if (All.Any(other => other.Name == dependency.Name))
                throw new ArgumentException($"A dependency called {dependency.Name} is there already.", nameof(dependency));
            All = All.Add(dependency);
        }
    }

    public void Loaded(ILazyDependency dependency)
    {
        lock (gate)
            loaded.Add(dependency);
    }

    /// <summary>Loads the named dependencies, or all, at the same time.</summary>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public Task LoadAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        if (names.FirstOrDefault(name => All.All(dependency => dependency.Name != name)) is { } unknown)
            throw new ArgumentException($"There is no dependency called {unknown}; there are {string.Join(", ", All.Select(dependency => dependency.Name))}.", nameof(names));
        return Task.WhenAll(All.Where(dependency => names.Count == 0 || names.Contains(dependency.Name)).Select(dependency => dependency.LoadAsync(cancellationToken)));
    }

    /// <summary>Loads one after the other what is to be warm. A failure is told by the dependency, and the next is tried.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        foreach (var dependency in All.Where(dependency => dependency.Warmup == LazyWarmup.AfterReady))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await dependency.LoadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (DependencyLoadException)
            {
                // Logged and counted where it failed; the first use tries again.
            }
        }
    }

    public async ValueTask ReleaseAsync()
    {
        ILazyDependency[] order;
        lock (gate)
            order = [.. All.Except(loaded), .. Enumerable.Reverse(loaded)];
        foreach (var dependency in order)
            await dependency.ReleaseAsync().ConfigureAwait(false);
    }
}
