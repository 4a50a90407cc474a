namespace AgentLift.Runtime.Models;

/// <summary>Models that go, and their memory.</summary>
internal sealed partial class ModelScheduler
{
    /// <summary>Lets the models go that nobody uses, after a run had no memory on a device.</summary>
    /// <returns>Whether any went; their memory has been given back then.</returns>
    public async Task<bool> TryMakeRoomAsync(ModelSlot slot, ModelDevice device, Exception error, CancellationToken cancellationToken)
    {
        var going = CloseIdle(slot, device, error);
        var gone = Task.WhenAll(going);
        await gone.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!gone.IsCompleted)
            cancellationToken.ThrowIfCancellationRequested();
        return going.Any(one => one.IsCompletedSuccessfully);
    }

    /// <returns>What goes from the device now; of two runs at a time, one makes the room for both.</returns>
    private Task[] CloseIdle(ModelSlot slot, ModelDevice device, Exception error)
    {
        var now = Now;
        using var change = BeginChange();
        ResidentModel[] idle = [.. residents.Where(resident => resident is { State: ResidentState.Stays, Leases: 0, Slot.Pinned: false } && resident.Device == device)];
        events.RunOutOfMemory(slot, device, error, idle.Length);
        foreach (var resident in idle)
            Close(resident, ModelEvictionReason.Room);
        Task[] going = [.. residents.Where(resident => resident.State == ResidentState.Unloading && resident.Device == device).Select(resident => resident.Gone)];
        Pump(now);
        return going;
    }

    /// <summary>Takes no new leases of a model, and lets it go once nobody uses it.</summary>
    /// <returns>Whether somebody uses it still.</returns>
    private bool Close(ResidentModel resident, ModelEvictionReason reason)
    {
        if (resident.State == ResidentState.Closing && reason != ModelEvictionReason.Room)
            resident.Reason = reason; // Whatever it was closed for, it goes now even if its room is not needed any more.
        if (resident.State != ResidentState.Stays)
            return resident.State == ResidentState.Closing;
        resident.State = ResidentState.Closing;
        resident.Reason = reason;
        resident.Ledger.Leaves(resident.Bytes);
        if (resident.Leases > 0)
            return true;
        Unload(resident);
        return false;
    }

    private void Unload(ResidentModel resident)
    {
        resident.State = ResidentState.Unloading;
        var idle = time.GetElapsedTime(resident.IdleSince);
        Run(() => UnloadAsync(resident, idle));
    }

    private async Task UnloadAsync(ResidentModel resident, TimeSpan idle)
    {
        Exception? failure = null;
        try
        {
            await resident.UnloadAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A model that cannot be released must not keep the others waiting.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure = error;
        }

        Unloaded(resident, idle, failure);
        if (failure is null)
            resident.HasGone();
        else
            resident.CouldNotGo(new ModelReleaseException(resident.Slot.Manager, resident.Slot.Name, failure));
    }

    private void Unloaded(ResidentModel resident, TimeSpan idle, Exception? failure)
    {
        var now = Now;
        using var change = BeginChange();
        residents.Remove(resident);
        if (resident.Slot.Current == resident)
            resident.Slot.Current = null;
        if (failure is null)
        {
            resident.Ledger.Freed(resident.Bytes, now);
            events.Left(resident, idle);
        }
        else
        {
            resident.Ledger.NotFreed(resident.Bytes);
            TakeBackPromises(resident.Ledger);
            events.ReleaseFailed(resident.Slot, resident.Device, resident.Bytes, failure);
        }

        Pump(now);
    }
}
