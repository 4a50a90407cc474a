namespace AgentLift.Runtime.Models;

/// <summary>What happens because time has passed. One timer serves all.</summary>
internal sealed partial class ModelScheduler
{
    private long armedFor = long.MaxValue;

    private void Sweep()
    {
        var now = Now;
        using var change = BeginChange();
        armedFor = long.MaxValue;
        if (stopped)
            return;
        foreach (var slot in slots)
        {
            if (slot.Load is not { IsStarted: true, IsOverdue: false } load)
                EndLateWaits(slot, now);
            else if (DueOf(load) <= now)
                GiveUp(load);
        }

        foreach (var resident in residents.Where(resident => DueOf(resident) <= now).ToArray())
            Close(resident, ModelEvictionReason.Idle);
        Pump(now);
    }

    /// <summary>Sets the timer for whatever is due first.</summary>
    private void Arm(long now)
    {
        var next = long.MaxValue;
        foreach (var slot in slots)
        {
            if (slot.Load is { IsStarted: true, IsOverdue: false } load)
                next = Math.Min(next, DueOf(load));
            else if (slot.Waiters.Count > 0)
                next = Math.Min(next, DueOf(slot.Waiters[0]));
        }

        foreach (var slot in queue)
        {
            next = Math.Min(next, Later(ImpatientFrom(slot)));
            if (slot.NotBefore is { } retry)
                next = Math.Min(next, Later(retry));
        }

        foreach (var resident in residents)
        {
            next = Math.Min(next, DueOf(resident));
            if (queue.Count > 0)
                next = Math.Min(next, Later(ProtectedUntil(resident)));
        }

        if (next != long.MaxValue)
            ArmFor(now, next);

        // What is over already was looked at just now.
        long Later(long due) => due > now ? due : long.MaxValue;
    }

    private void ArmFor(long now, long due)
    {
        // One that is due and has not fired yet fires all the same: nothing may move it on.
        if (due >= armedFor)
            return;
        armedFor = due;
        timer.Change(WaitUntil(now, due), Timeout.InfiniteTimeSpan);
    }

    // Rounded up, so that the timer does not fire before what it was set for.
    private TimeSpan WaitUntil(long now, long due) => TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling((due - now) * 1000.0 / time.TimestampFrequency), 0, int.MaxValue));

    private void GiveUp(ModelLoad load)
    {
        var slot = load.Slot;
        load.GiveUp();
        var error = new ModelLoadException(slot.Manager, slot.Name, $"the load took longer than {slot.Definition.LoadTimeout:c}");
        slot.LastError = error;
        events.LoadFailed(load, error, slot.Definition.LoadTimeout, slot.IsAvailable);
        FailWaiters(slot, error);
    }

    /// <summary>Tells those who have waited for too long what was in the way. A load under way is waited for, unless it is overdue.</summary>
    private void EndLateWaits(ModelSlot slot, long now)
    {
        if (slot.Waiters.Count == 0 || DueOf(slot.Waiters[0]) > now)
            return;
        var reason = slot.Load is { IsOverdue: true }
            ? $"an earlier load has not ended for {time.GetElapsedTime(slot.Load.StartedAt!.Value, now):c}"
            : $"there was no room within {Options.QueueTimeout:c}; it takes {slot.Size.In(slot.Rung.Precision):N0} bytes, and {string.Join("; ", slot.Rung.Ledgers.Select(Describe))}";
        events.RoomTimedOut(slot, slot.Waiters.Count(waiter => DueOf(waiter) <= now));
        FailWaiters(slot, new ModelLoadException(slot.Manager, slot.Name, reason), waiter => DueOf(waiter) <= now);
    }

    private string Describe(DeviceLedger ledger)
    {
        var used = residents.Where(resident => resident.Ledger == ledger && resident.Leases > 0).Select(resident => $"{resident.Slot.Name} ({resident.Bytes:N0})");
        return $"of {ledger.Limit:N0} bytes of {ledger.Device}, in use are {(used.Any() ? string.Join(", ", used) : "none")}, and {ledger.Reserved:N0} are promised to loads";
    }

    private long DueOf(ModelLoad load) => load.StartedAt!.Value + Ticks(load.Slot.Definition.LoadTimeout);

    private long DueOf(ModelWaiter waiter) => waiter.Since + Ticks(Options.QueueTimeout);

    private long DueOf(ResidentModel resident) =>
        resident is { State: ResidentState.Stays, Leases: 0, Slot: { Pinned: false, KeepAlive: { } keepAlive } } ? resident.IdleSince + Ticks(keepAlive) : long.MaxValue;
}
