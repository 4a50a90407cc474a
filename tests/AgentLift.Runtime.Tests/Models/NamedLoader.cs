using System.Collections.Concurrent;
using System.Threading.Channels;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>A model that is nothing but its name.</summary>
internal sealed record NamedModel(string Name);

/// <summary>Loads names, and keeps what it did.</summary>
internal sealed class NamedLoader : IModelLoader<NamedModel>
{
    private readonly ConcurrentQueue<string> loaded = new();
    private readonly ConcurrentQueue<string> released = new();
    private readonly Channel<string> loads = Channel.CreateUnbounded<string>();

    public IReadOnlyCollection<string> Loaded => loaded;

    public IReadOnlyCollection<string> Released => released;

    /// <summary>What the next loads throw.</summary>
    public Exception? Failure { get; set; }

    public async Task WhenLoadedAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await loads.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
    }

    public ValueTask<LoadedModel<NamedModel>> LoadAsync(ModelLoadRequest request, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
            throw failure;
        loaded.Enqueue(request.Model);
        loads.Writer.TryWrite(request.Model);
        return new(new LoadedModel<NamedModel>(new NamedModel(request.Model), request.ExpectedBytes));
    }

    public ValueTask UnloadAsync(NamedModel model)
    {
        released.Enqueue(model.Name);
        return ValueTask.CompletedTask;
    }

    public ModelFailureKind Classify(Exception exception) => exception switch
    {
        DllNotFoundException => ModelFailureKind.LibraryMissing,
        OutOfMemoryException => ModelFailureKind.OutOfMemory,
        _ => ModelFailureKind.Other,
    };
}
