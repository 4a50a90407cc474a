namespace AgentLift.Runtime.Models;

/// <summary>Loads, and what comes of them.</summary>
internal sealed partial class ModelScheduler
{
    /// <summary>Runs work outside the lock, and keeps it for the stop to wait for.</summary>
    private void Run(Func<Task> work)
    {
        var task = dispatch(work);
        if (task.IsCompleted)
            return;
        running.Add(task);
        _ = task.ContinueWith(
            done =>
            {
                lock (Gate)
                    running.Remove(done);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private async Task LoadAsync(ModelLoad load)
    {
        ResidentModel resident;
        try
        {
            if (!HasRoom(load))
            {
                Postpone(load);
                return;
            }

            resident = await load.Slot.LoadAsync(load).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a loader throws becomes one exception that names the model.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var unreleased = error as UnreleasedModelException;
            var failure = unreleased?.Failure ?? error;
            Failed(load, failure, KindOf(load.Slot, failure), unreleased);
            return;
        }

        Loaded(load, resident);
    }

    // The loader's own code, so outside the lock.
    private static ModelFailureKind KindOf(ModelSlot slot, Exception error)
    {
        try
        {
            return slot.Classify(error);
        }
#pragma warning disable CA1031 // What a loader cannot tell apart is a failure like any other.
        catch (Exception)
#pragma warning restore CA1031
        {
            return ModelFailureKind.Other;
        }
    }

    /// <summary>Asks the driver what others hold, before anything begins that would end the process for want of memory.</summary>
    private bool HasRoom(ModelLoad load)
    {
        if (memory.Read(load.Device) is not { } reading)
            return true;
        using var change = BeginChange();
        load.Ledger.Observe(reading);
        TakeBackPromises(load.Ledger);
        return load.Ledger.Held <= load.Ledger.Limit;
    }

    /// <summary>Asks the driver again what others hold. Where it does not tell, a load shows whether they still do.</summary>
    private Task ReadAgainAsync(DeviceLedger ledger)
    {
        DeviceMemoryReading? reading = null;
        try
        {
            reading = memory.Read(ledger.Device);
        }
#pragma warning disable CA1031 // The load reads too, and tells those who wait why it cannot.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        using var change = BeginChange();
        if (reading is { } known)
            ledger.Observe(known);
        else
            ledger.ForgetOthers();
        TakeBackPromises(ledger);
        Pump(Now);
        return Task.CompletedTask;
    }

    /// <summary>Takes promises back, the last first, until the device has room for the others. Loads under way keep theirs.</summary>
    private void TakeBackPromises(DeviceLedger ledger)
    {
        while (ledger.Free < 0 && ledger.Claims.LastOrDefault(claim => !claim.IsStarted) is { } claim)
            RevokeAndRequeue(claim);
    }

    /// <summary>Others hold the memory that a load was promised: a fall-back is tried, or the load again a little later, as long as its callers wait.</summary>
    private void Postpone(ModelLoad load)
    {
        var now = Now;
        using var change = BeginChange();
        var slot = load.Slot;
        End(load);
        if (stopped)
            return;
        if (slot.Waiters.Count > 0 && !TryFallBack(slot, load.Bytes))
            slot.NotBefore = now + Ticks(LookAgain);
        Requeue(load, now);
        Pump(now);
    }

    private void Loaded(ModelLoad load, ResidentModel resident)
    {
        var now = Now;
        using var change = BeginChange();
        var slot = load.Slot;
        var ledger = load.Ledger;
        var duration = time.GetElapsedTime(load.StartedAt!.Value, now);
        End(load);
        ledger.Loaded(resident.Bytes);
        residents.Add(resident);
        slot.Learn(resident.Precision, resident.Bytes, duration.TotalSeconds);
        events.Loaded(load, resident, duration, isNewVersion: slot.IsAvailable);
        if (stopped)
        {
            Close(resident, ModelEvictionReason.Stop);
            return;
        }

        if (ledger.Free < 0)
            events.OverBudget(resident, ledger.Staying + ledger.Reserved, ledger.Limit);
        if (!Reconcile(ledger, slot, now))
        {
            Close(resident, ModelEvictionReason.OverBudget);
            Requeue(load, now);
            Pump(now);
            return;
        }

        var before = slot.Current;
        slot.Current = resident;
        slot.LastError = null;
        slot.ResetTries();
        ServeWaiters(slot, load.StartedAt);
        if (before is not null)
            Close(before, ModelEvictionReason.Reload);
        Pump(now);
    }

    /// <summary>Comes back within the budget after a model turned out larger than expected: promises are taken back, then others go.</summary>
    /// <returns>Whether the device is within its limit without the new model's going.</returns>
    private bool Reconcile(DeviceLedger ledger, ModelSlot slot, long now)
    {
        TakeBackPromises(ledger);
        if (EvictionPlanner.Plan(Candidates(ledger, slot, now).Where(candidate => candidate.Resident.Leases == 0), -ledger.Free) is not { } plan)
            return false;
        foreach (var victim in plan.Victims)
            Close(victim, ModelEvictionReason.Room);
        return true;
    }

    private void Failed(ModelLoad load, Exception error, ModelFailureKind kind, UnreleasedModelException? unreleased)
    {
        var now = Now;
        using var change = BeginChange();
        var slot = load.Slot;
        End(load);
        if (unreleased is not null)
        {
            load.Ledger.Lose(unreleased.Bytes);
            TakeBackPromises(load.Ledger);
            events.ReleaseFailed(slot, load.Device, unreleased.Bytes, unreleased.Release);
        }

        if (stopped)
            return;
        if (load.IsOverdue)
        {
            Requeue(load, now);
        }
        else if (kind != ModelFailureKind.OutOfMemory || slot.Waiters.Count == 0 || !Recover(load, error, now))
        {
            var failure = new ModelLoadException(slot.Manager, slot.Name, $"{error.GetType().Name}: {error.Message}", kind, error);
            slot.LastError = failure;
            slot.ResetTries();
            events.LoadFailed(load, failure, time.GetElapsedTime(load.StartedAt!.Value, now), slot.IsAvailable);
            FailWaiters(slot, failure);
        }

        Pump(now);
    }

    /// <returns>Whether the load is tried again, in some way.</returns>
    private bool Recover(ModelLoad load, Exception error, long now)
    {
        var slot = load.Slot;
        var ledger = load.Ledger;
        var idle = Candidates(ledger, slot, now).Where(candidate => candidate.Resident.Leases == 0).ToList();
        var mayComeBack = ledger.Going > 0 || (ledger.LastFreed is { } freed && time.GetElapsedTime(freed, now) < OutOfMemorySteps.LateReclaim);
        slot.OutOfMemoryTries++;
        slot.NotBefore = null;
        slot.BlockedAt = null;
        var hasOtherDevice = slot.Rung.Ledgers.Any(other => other != ledger && !slot.OutOfMemoryOn.Contains(other) && slot.Size.In(slot.Rung.Precision) <= other.Budget - StuckOn(other, slot));
        var next = OutOfMemorySteps.Next(
            slot.OutOfMemoryTries, idle.Count > 0, mayComeBack, hasOtherDevice, !slot.IsAvailable && slot.RungIndex + 1 < slot.Rungs.Count, ledger.Staying + ledger.Started > 0);
        events.OutOfMemory(load, error, next);
        switch (next)
        {
            case OutOfMemoryRecovery.Evict:
                var plan = EvictionPlanner.Plan(idle, load.Bytes);
                foreach (var victim in plan?.Victims ?? [.. idle.Select(candidate => candidate.Resident)])
                    Close(victim, ModelEvictionReason.Room);
                slot.BlockedAt = new LedgerMark([ledger]);
                break;
            case OutOfMemoryRecovery.Pause:
                slot.NotBefore = now + Ticks(OutOfMemorySteps.PauseAfter(slot.OutOfMemoryTries));
                break;
            case OutOfMemoryRecovery.OtherDevice:
                slot.OutOfMemoryOn.Add(ledger);
                slot.OutOfMemoryTries = 0;
                break;
            case OutOfMemoryRecovery.Fallback:
                TryFallBack(slot, load.Bytes, error);
                break;
            case OutOfMemoryRecovery.WaitForOthers:
                slot.OutOfMemoryOn.Clear();
                slot.BlockedAt = new LedgerMark(slot.Rung.Ledgers, NextEvictable(slot, now));
                break;
            default:
                return false;
        }

        Requeue(load, now);
        return true;
    }

    /// <summary>Time stamp from which a model may go for a slot that nobody uses and that is only left alone for a while; far ahead where there is none.</summary>
    private long NextEvictable(ModelSlot slot, long now)
    {
        var next = long.MaxValue;
        foreach (var resident in residents.Where(resident => resident.Leases == 0 && IsProtected(resident, now) && slot.Rung.Ledgers.Any(ledger => IsEvictable(resident, ledger, slot))))
            next = Math.Min(next, ProtectedUntil(resident));

        // One who is impatient does not leave it alone.
        return next == long.MaxValue || IsImpatient(slot, now) ? next : Math.Min(next, ImpatientFrom(slot));
    }

    private static void End(ModelLoad load)
    {
        load.Ledger.End(load);
        load.Slot.Load = null;
    }

    /// <summary>Lets a slot wait for room again after a load. The time that the load took does not count as waiting.</summary>
    private void Requeue(ModelLoad load, long now)
    {
        var slot = load.Slot;
        if (slot.Waiters.Count == 0)
        {
            slot.ResetTries();
            return;
        }

        foreach (var waiter in slot.Waiters)
            waiter.WasLoading(load.StartedAt!.Value, now);
        if (!queue.Contains(slot))
            queue.Add(slot);
    }
}
