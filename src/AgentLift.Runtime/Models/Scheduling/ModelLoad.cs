namespace AgentLift.Runtime.Models;

/// <summary>A load that has room promised, waiting for that room to be given back or under way. Changed under the scheduler's lock only.</summary>
#pragma warning disable CA1001 // The token source has neither timer nor wait handle, so there is nothing to dispose.
internal sealed class ModelLoad(ModelSlot slot, DeviceLedger ledger, ModelPrecision precision, long bytes)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource stop = new();

    public ModelSlot Slot => slot;

    public DeviceLedger Ledger => ledger;

    public ModelDevice Device => ledger.Device;

    public ModelPrecision Precision => precision;

    /// <summary>Bytes promised.</summary>
    public long Bytes => bytes;

    /// <summary>Models in use that are to go for it, once their leases have ended.</summary>
    public List<ResidentModel> Closing { get; } = [];

    /// <summary>Time stamp of its begin; <see langword="null"/> while it waits for room.</summary>
    public long? StartedAt { get; private set; }

    public bool IsStarted => StartedAt is not null;

    /// <summary>Whether it took too long: who waited has been told, and it keeps its room until it ends.</summary>
    public bool IsOverdue { get; private set; }

    public CancellationToken Token => stop.Token;

    public void Start(long now) => StartedAt = now;

    public void GiveUp()
    {
        IsOverdue = true;
        Stop();
    }

    /// <summary>Asks the loader to stop. What it has registered for that runs on the pool: the scheduler's lock is held here.</summary>
    public void Stop() => _ = stop.CancelAsync().ContinueWith(static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
