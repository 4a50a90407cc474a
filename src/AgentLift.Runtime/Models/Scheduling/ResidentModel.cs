namespace AgentLift.Runtime.Models;

/// <summary>A loaded model: where it lies, what it takes, who uses it. Changed under the scheduler's lock only.</summary>
internal abstract class ResidentModel(ModelSlot slot, DeviceLedger ledger, ModelPrecision precision, long bytes, long loadedAt)
{
    private readonly TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LeaseTicket? free;

    public ModelSlot Slot => slot;

    public DeviceLedger Ledger => ledger;

    public ModelDevice Device => ledger.Device;

    public ModelPrecision Precision => precision;

    /// <summary>Bytes on the device, measured.</summary>
    public long Bytes => bytes;

    /// <summary>Time stamp of the end of its load.</summary>
    public long LoadedAt { get; } = loadedAt;

    /// <summary>Time stamp of the end of its last lease, or of its load.</summary>
    public long IdleSince { get; private set; } = loadedAt;

    public int Leases { get; private set; }

    public ResidentState State { get; set; }

    /// <summary>Why it goes; meaningful unless it stays.</summary>
    public ModelEvictionReason Reason { get; set; }

    /// <summary>Completes when its memory has been given back; fails with <see cref="ModelReleaseException"/> where it could not be.</summary>
    public Task Gone => gone.Task;

    public LeaseTicket Lease()
    {
        Leases++;
        if (free is not { } ticket)
            return new LeaseTicket(this);
        free = ticket.Next;
        ticket.Next = null;
        return ticket;
    }

    public void EndLease(LeaseTicket ticket, long now)
    {
        ticket.Next = free;
        free = ticket;
        Leases--;
        IdleSince = now;
    }

    public void HasGone() => gone.TrySetResult();

    public void CouldNotGo(ModelReleaseException error)
    {
        gone.TrySetException(error);
        _ = gone.Task.Exception; // It was told; nobody need wait for it.
    }

    public abstract ValueTask UnloadAsync();
}

/// <inheritdoc/>
internal sealed class ResidentModel<T>(ModelSlot<T> slot, LoadedModel<T> loaded, ModelLoad load, long loadedAt)
    : ResidentModel(slot, load.Ledger, load.Precision, loaded.Bytes, loadedAt)
    where T : class
{
    public T Model => loaded.Model;

    public IModelLoader<T> Loader => slot.Loader;

    public override ValueTask UnloadAsync() => slot.Loader.UnloadAsync(loaded.Model);
}

/// <summary>Whether a loaded model stays.</summary>
internal enum ResidentState
{
    /// <summary>It may be leased.</summary>
    Stays = 0,

    /// <summary>It takes no new leases, and goes when the last ends.</summary>
    Closing = 1,

    /// <summary>Its memory is being given back.</summary>
    Unloading = 2,
}
