using System.Collections.Concurrent;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>A device for many threads, which notices misuse.</summary>
/// <param name="capacity">Bytes that it has.</param>
internal sealed class CountedDevice(long capacity) : IModelLoader<CountedModel>
{
    private long used;
    private int loaded;
    private int released;

    public ConcurrentQueue<string> Problems { get; } = new();

    public long Used => Interlocked.Read(ref used);

    public int Loaded => Volatile.Read(ref loaded);

    public int Released => Volatile.Read(ref released);

    public async ValueTask<LoadedModel<CountedModel>> LoadAsync(ModelLoadRequest request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var bytes = request.ExpectedBytes;
        if (Interlocked.Add(ref used, bytes) > capacity)
            Problems.Enqueue($"The device is over its capacity with {request.Model}.");
        Interlocked.Increment(ref loaded);
        return new(new CountedModel(request.Model, bytes, Problems), bytes);
    }

    public async ValueTask UnloadAsync(CountedModel model)
    {
        model.Release();
        await Task.Yield();
        Interlocked.Add(ref used, -model.Bytes);
        Interlocked.Increment(ref released);
    }
}

/// <summary>A model that many threads use.</summary>
internal sealed class CountedModel(string name, long bytes, ConcurrentQueue<string> problems)
{
    private int users;
    private int isReleased;

    public long Bytes => bytes;

    public async Task UseAsync(bool yields)
    {
        Interlocked.Increment(ref users);
        if (Volatile.Read(ref isReleased) != 0)
            problems.Enqueue($"{name} was used after its release.");
        if (yields)
            await Task.Yield();
        if (Volatile.Read(ref isReleased) != 0)
            problems.Enqueue($"{name} was released while it was in use.");
        Interlocked.Decrement(ref users);
    }

    public void Release()
    {
        if (Interlocked.Exchange(ref isReleased, 1) != 0)
            problems.Enqueue($"{name} was released twice.");
        if (Volatile.Read(ref users) != 0)
            problems.Enqueue($"{name} was released while it was in use.");
    }
}
