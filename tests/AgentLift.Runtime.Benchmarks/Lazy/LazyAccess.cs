using BenchmarkDotNet.Attributes;

namespace AgentLift.Runtime.Benchmarks.Lazy;

/// <summary>One access to a value that is there. Public and not sealed, as BenchmarkDotNet wants it.</summary>
[MemoryDiagnoser]
public class LazyAccess
{
    private readonly LazyDependency<object> dependency = new DependentAgent().Depend("value", _ => ValueTask.FromResult(new object()));
    private readonly Lazy<object> lazy = new(() => new object());
#pragma warning disable IDE0044 // It cannot be both: a volatile field is one that is set.
    private volatile object field = new();
#pragma warning restore IDE0044

    /// <summary>Loads both, so that only access is timed.</summary>
    [GlobalSetup]
    public void Load() => _ = (dependency.Value, lazy.Value);

    /// <summary>The least that a value costs which another thread has set.</summary>
    [Benchmark]
    public object VolatileField() => field;

    /// <summary>What .NET offers.</summary>
    [Benchmark]
    public object LazyOfDotNet() => lazy.Value;

    /// <summary>The dependency, for code that blocks.</summary>
    [Benchmark]
    public object DependencyValue() => dependency.Value;

    /// <summary>The dependency, for code that awaits.</summary>
    [Benchmark]
    public async ValueTask<object> DependencyGetAsync() => await dependency.GetAsync();
}
