namespace AgentLift.Runtime.Benchmarks.Models;

/// <summary>A model that does next to nothing.</summary>
internal sealed class BenchmarkModel
{
    private readonly int weight = 1;

    public int Answer(int value) => value + weight;
}

/// <summary>Loads it, when it is allowed to.</summary>
internal sealed class BenchmarkLoader : IModelLoader<BenchmarkModel>
{
    private int loads;

    public Task Permission { get; init; } = Task.CompletedTask;

    public int Loads => loads;

    public async ValueTask<LoadedModel<BenchmarkModel>> LoadAsync(ModelLoadRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref loads);
        await Permission.WaitAsync(cancellationToken);
        return new(new BenchmarkModel(), 1);
    }

    public ValueTask UnloadAsync(BenchmarkModel model) => ValueTask.CompletedTask;
}

/// <summary>Two models that are kept for five minutes after their last use, as a hand-written manager declares them.</summary>
internal sealed class BenchmarkModels(BenchmarkLoader? loader = null) : ModelManager(ModelManagerContext.Standalone("models"))
{
    private readonly BenchmarkLoader loader = loader ?? new();
    private ModelHandle<BenchmarkModel>? first;
    private ModelHandle<BenchmarkModel>? second;

    public ModelHandle<BenchmarkModel> First => first ??= DeclareOne("first");

    public ModelHandle<BenchmarkModel> Second => second ??= DeclareOne("second");

    private ModelHandle<BenchmarkModel> DeclareOne(string name) => Declare(new ModelDefinition(name) { EstimatedBytes = 1, KeepAlive = TimeSpan.FromMinutes(5) }, loader);
}
