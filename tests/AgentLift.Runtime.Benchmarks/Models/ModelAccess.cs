using BenchmarkDotNet.Attributes;

namespace AgentLift.Runtime.Benchmarks.Models;

/// <summary>One lease of a model that is loaded. Public and not sealed, as BenchmarkDotNet wants it.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // What it holds is needed until the process ends.
public class ModelAccess
#pragma warning restore CA1001
{
    private readonly BenchmarkModels models = new();
    private readonly SemaphoreSlim semaphore = new(1);

    /// <summary>Loads the models, so that only access is timed.</summary>
    [GlobalSetup]
    public async Task LoadAsync()
    {
        await models.LoadAsync(models.First.Name);
        await models.LoadAsync(models.Second.Name);
    }

    /// <summary>What guards a shared model in hand-written code.</summary>
    [Benchmark]
    public async ValueTask SemaphoreOfDotNet()
    {
        await semaphore.WaitAsync();
        semaphore.Release();
    }

    /// <summary>A lease, and its end.</summary>
    [Benchmark]
    public async ValueTask Lease()
    {
        using var lease = await models.First.AcquireAsync();
    }

    /// <summary>Leases of two models by turns, half each.</summary>
    [Benchmark(OperationsPerInvoke = 2)]
    public async ValueTask LeaseByTurns()
    {
        using (await models.First.AcquireAsync())
        {
        }

        using (await models.Second.AcquireAsync())
        {
        }
    }

    /// <summary>A lease with code run over the model.</summary>
    [Benchmark]
    public async ValueTask<int> LeaseAndRun()
    {
        using var lease = await models.First.AcquireAsync();
        return lease.Run(7, static (model, value) => model.Answer(value));
    }
}
