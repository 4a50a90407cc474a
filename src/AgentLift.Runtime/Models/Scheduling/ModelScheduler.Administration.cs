namespace AgentLift.Runtime.Models;

/// <summary>What is asked of the scheduler by name, and its end.</summary>
internal sealed partial class ModelScheduler
{
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(5);

    /// <summary>Loads a model, or a new version of it.</summary>
    public Task LoadAsync(ModelSlot slot, bool newVersion, CancellationToken cancellationToken)
    {
        var waiter = new LoadWaiter(slot, Now) { WantsNewVersion = newVersion };
        Enqueue(waiter, cancellationToken);
        return waiter.Task;
    }

    /// <summary>
    /// Lets a model go, once nobody uses it. The task fails with <see cref="InvalidOperationException"/> where it is pinned or being loaded, and with
    /// <see cref="ModelReleaseException"/> where its memory could not be given back.
    /// </summary>
    public Task UnloadAsync(ModelSlot slot, CancellationToken cancellationToken)
    {
        var now = Now;
        using var change = BeginChange();
        if (slot.Pinned)
            return Task.FromException(new InvalidOperationException($"Model {slot.Name} of {slot.Manager} is pinned; unpin it first."));
        if (slot.Load is not null)
            return Task.FromException(new InvalidOperationException($"Model {slot.Name} of {slot.Manager} is being loaded; unload it when it is."));
        if (slot.Current is not { } resident)
            return Task.CompletedTask;
        Close(resident, ModelEvictionReason.Unload);
        Pump(now);
        return resident.Gone.WaitAsync(cancellationToken);
    }

    /// <summary>Never lets a model go, and loads it. The task fails as <see cref="Pin"/> and <see cref="LoadAsync(ModelSlot, bool, CancellationToken)"/> do.</summary>
    public async Task PinAsync(ModelSlot slot, CancellationToken cancellationToken)
    {
        Pin(slot);
        await LoadAsync(slot, newVersion: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Never lets a model go.</summary>
    /// <exception cref="InvalidOperationException">The devices have no room for it beside the other pinned models.</exception>
    public void Pin(ModelSlot slot)
    {
        slot.Size.LookAtFile();
        var now = Now;
        using var change = BeginChange();
        if (PinnedBudget.Failure([.. slots.Where(other => other.Pinned), slot], Ledgers) is { } failure)
            throw new InvalidOperationException(failure);
        slot.Pinned = true;
        Pump(now); // Whoever has no room beside it any more is told.
    }

    public void Unpin(ModelSlot slot)
    {
        var now = Now;
        using var change = BeginChange();
        slot.Pinned = false;
        Pump(now);
    }

    public ModelStatus StatusOf(string manager, string name, ModelSlot slot)
    {
        slot.Size.LookAtFile();
        lock (Gate)
        {
            var resident = slot.Current;
            return new ModelStatus(
                manager,
                name,
                slot.StateNow,
                resident?.Device,
                resident?.Precision,
                resident?.Bytes ?? slot.Size.In(slot.Definition.Precision),
                residents.Where(version => version.Slot == slot).Sum(version => version.Leases),
                slot.Waiters.Count,
                slot.Pinned,
                resident is { Leases: 0 } ? time.GetElapsedTime(resident.IdleSince) : null,
                slot.LastError?.Message,
                slot.IsDeclaredAs(manager, name) ? null : $"{slot.Manager}/{slot.Name}");
        }
    }

    public IReadOnlyList<ModelDeviceStatus> DeviceStatus()
    {
        lock (Gate)
            return [.. Ledgers.Select(ledger => new ModelDeviceStatus(ledger.Device, ledger.Budget, ledger.Staying + ledger.Going, ledger.Reserved))];
    }

    /// <summary>Takes no one any more, stops loads, and gives back the memory of all models, as soon as nobody uses them.</summary>
    /// <param name="cancellationToken">Ends the wait for those who use models still.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var ends = BeginStop();
        await Task.WhenAll(ends).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // A load that had begun before may have delivered a model, which is being released now.
        lock (Gate)
            ends = [.. running];
        await Task.WhenAll(ends).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Logs end with the process.
        await events.ToldAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>What is to end.</returns>
    private Task[] BeginStop()
    {
        using var change = BeginChange();
        if (!stopped)
        {
            stopped = true;
            foreach (var slot in slots)
                FailWaiters(slot, Stopped(slot));
            foreach (var load in Ledgers.SelectMany(ledger => ledger.Claims).ToArray())
                load.Stop();
            foreach (var resident in residents.ToArray())
                Close(resident, ModelEvictionReason.Stop);
            timer.Dispose();
        }

        return [.. running, .. residents.Select(resident => resident.Gone)];
    }

    /// <summary>Stops as <see cref="StopAsync"/> does, and waits a little: a lease that somebody forgot must not keep the process.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(DisposeLimit, time);
        await StopAsync(limit.Token).ConfigureAwait(false);
    }
}
