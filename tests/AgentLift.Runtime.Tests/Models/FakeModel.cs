using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>A loaded model of the simulation, which notices misuse.</summary>
internal sealed class FakeModel(string name, long bytes, FakeDevice device)
{
    private int leases;

    public string Name => name;

    public bool IsReleased { get; private set; }

    public void Lease()
    {
        if (IsReleased)
            throw new InvalidOperationException($"{name} was leased after its release.");
        leases++;
    }

    public void EndLease()
    {
        if (IsReleased)
            throw new InvalidOperationException($"{name} was released while it was in use.");
        leases--;
    }

    public void Release()
    {
        if (leases > 0 || IsReleased)
            throw new InvalidOperationException($"{name} was released {(IsReleased ? "twice" : "while it was in use")}.");
        IsReleased = true;
        device.Free(bytes);
    }
}

/// <summary>Loads fake models in simulated time.</summary>
/// <param name="time">The clock.</param>
/// <param name="devices">Where to.</param>
internal sealed class FakeLoader(SimulatedTime time, IReadOnlyDictionary<ModelDevice, FakeDevice> devices) : IModelLoader<FakeModel>
{
    /// <summary>Bytes that the model really takes, as stored.</summary>
    public required long Bytes { get; init; }

    public required TimeSpan LoadTime { get; init; }

    public TimeSpan ReleaseTime { get; init; }

    /// <summary>Whether a load fails for another reason than memory.</summary>
    public Func<bool> Fails { get; init; } = static () => false;

    /// <summary>Whether a release fails, and the device keeps the memory.</summary>
    public bool ReleaseFails { get; set; }

    /// <summary>The token of the last load.</summary>
    public CancellationToken Token { get; private set; }

    public int Loads { get; private set; }

    public int LoadsUnderWay { get; private set; }

    public int MostLoadsUnderWay { get; private set; }

    public ModelPrecision? LastPrecision { get; private set; }

    public ModelDevice? LastDevice { get; private set; }

    /// <summary>The exception of a release that did not go as it should.</summary>
    public Exception? Misuse { get; private set; }

    public ValueTask<LoadedModel<FakeModel>> LoadAsync(ModelLoadRequest request, CancellationToken cancellationToken)
    {
        Loads++;
        MostLoadsUnderWay = Math.Max(MostLoadsUnderWay, ++LoadsUnderWay);
        (LastPrecision, LastDevice, Token) = (request.Precision, request.Device, cancellationToken);
        var done = new TaskCompletionSource<LoadedModel<FakeModel>>();
        time.At(LoadTime, () =>
        {
            LoadsUnderWay--;
            try
            {
                if (Fails())
                    throw new InvalidDataException($"{request.Model} is damaged.");
                var device = devices[request.Device];
                var bytes = request.Precision == ModelPrecision.AsStored ? Bytes : (Bytes + 1) / 2;
                device.Allocate(bytes);
                done.SetResult(new(new FakeModel(request.Model, bytes, device), bytes));
            }
            catch (Exception error) when (error is InsufficientMemoryException or InvalidDataException or DivideByZeroException)
            {
                done.SetException(error);
            }
        });
        return new(done.Task);
    }

    public ModelFailureKind Classify(Exception exception) => exception switch
    {
        OutOfMemoryException => ModelFailureKind.OutOfMemory,
        DivideByZeroException => throw new InvalidOperationException("This cannot be told."),
        _ => ModelFailureKind.Other,
    };

    public ValueTask UnloadAsync(FakeModel model)
    {
        if (ReleaseFails)
            throw new IOException($"{model.Name} is stuck.");
        try
        {
            model.Release();
        }
        catch (InvalidOperationException error)
        {
            Misuse ??= error;
            throw;
        }

        if (ReleaseTime == TimeSpan.Zero)
            return ValueTask.CompletedTask;
        var done = new TaskCompletionSource();
        time.At(ReleaseTime, done.SetResult);
        return new(done.Task);
    }
}
