namespace AgentLift.Runtime.Models;

/// <summary>Who gets room, and who goes for it.</summary>
internal sealed partial class ModelScheduler
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Half of the time that a caller waits for room; after that, neither residency nor use protects the models in its way.</summary>
    private TimeSpan Patience => Options.QueueTimeout / 2;

    /// <summary>Promises room to those who wait, the impatient first, then by priority, then by how long they have waited; and starts what has room.</summary>
    private void Pump(long now)
    {
        if (stopped)
            return;
        StartClaims(now);
        while (queue.Count > 0 && PlaceSome(now))
            StartClaims(now);
        if (mayPreload && queue.Count == 0)
        {
            // Once for each prediction: what went again, or could not be loaded, is not loaded ahead until it is predicted anew.
            mayPreload = false;
            PreloadNext();
        }

        Arm(now);
    }

    /// <returns>Whether anybody got room; what had to go for it may leave room for others.</returns>
    private bool PlaceSome(long now)
    {
        HashSet<DeviceLedger> held = [];
        var isPlaced = false;
        foreach (var slot in queue.OrderByDescending(slot => IsImpatient(slot, now)).ThenByDescending(slot => slot.Priority).ThenBy(WaitingSince).ToArray())
        {
            // Serving one may have served another, or ended its wait.
            if (!queue.Contains(slot) || !MayTry(slot, now))
                continue;
            if (!TryPlace(slot, held, now) && IsImpatient(slot, now))
                held.UnionWith(slot.Rung.Ledgers);
            isPlaced |= !queue.Contains(slot);
        }

        return isPlaced;
    }

    private static bool MayTry(ModelSlot slot, long now) =>
        (slot.NotBefore ?? now) <= now && slot.BlockedAt?.IsPast(now) != false;

    /// <returns>Whether the slot waits for room no more, or is to be left for a while.</returns>
    private bool TryPlace(ModelSlot slot, HashSet<DeviceLedger> held, long now)
    {
        if (slot.Size.In(slot.Rung.Precision) is not { } bytes)
            return Refuse(slot, "nothing says how many bytes it takes; its file is missing and it has no EstimatedBytes");
        if (slot.Rung.Ledgers.All(ledger => bytes > ledger.Budget - StuckOn(ledger, slot)))
            return NeverFits(slot, bytes, held, now);
        if (slot.Rung.Ledgers.All(ledger => bytes > ledger.Limit))
            return LookAgainLater(slot, now);

        var ledgers = slot.Rung.Ledgers.Where(ledger => bytes <= ledger.Limit && !held.Contains(ledger) && !slot.OutOfMemoryOn.Contains(ledger)).ToList();
        if (ledgers.FirstOrDefault(ledger => bytes <= ledger.Free) is { } roomy)
            return Claim(slot, roomy, bytes, EvictionPlan.Nothing);
        var cheapest = ledgers
            .Select(ledger => EvictionPlanner.Plan(Candidates(ledger, slot, now), bytes - ledger.Free) is { } plan ? new Placement(ledger, plan) : null)
            .OfType<Placement>()
            .MinBy(placement => placement.Plan.Cost);
        if (cheapest is not null)
            return Claim(slot, cheapest.Ledger, bytes, cheapest.Plan);

        // What others held may have been given back since a load last asked.
        return slot.Rung.Ledgers.Any(ledger => ledger.Limit < ledger.Budget) && LookAgainLater(slot, now);
    }

    /// <summary>Bytes of a device that a slot cannot have whatever goes: those of pinned models, and of its own version in use.</summary>
    private long StuckOn(DeviceLedger ledger, ModelSlot slot) => residents
        .Where(resident => resident.Ledger == ledger && resident.State == ResidentState.Stays && (resident.Slot.Pinned || resident.Slot == slot))
        .Sum(resident => resident.Bytes);

    private bool NeverFits(ModelSlot slot, long bytes, HashSet<DeviceLedger> held, long now)
    {
        if (TryFallBack(slot, bytes))
            return TryPlace(slot, held, now);

        return Refuse(slot, $"it takes {bytes:N0} bytes, and models may take {string.Join(", ", slot.Rung.Ledgers.Select(Describe))}");

        string Describe(DeviceLedger ledger) => StuckOn(ledger, slot) is > 0 and var stuck
            ? $"{ledger.Budget:N0} bytes of {ledger.Device}, {stuck:N0} of which belong to pinned models or to its version in use"
            : $"{ledger.Budget:N0} bytes of {ledger.Device}";
    }

    /// <summary>Goes on to the next fall-back of a model, if there is one, and tells it.</summary>
    /// <param name="slot">The model.</param>
    /// <param name="bytes">What it takes in the way that has no room.</param>
    /// <param name="error">What its loader threw; <see langword="null"/> where no load was tried.</param>
    private bool TryFallBack(ModelSlot slot, long bytes, Exception? error = null)
    {
        var from = slot.Rung;
        if (!slot.TryFallBack())
            return false;
        events.FellBack(slot, from, slot.Rung, bytes, error);
        return true;
    }

    /// <summary>Others held the memory when a device was last read. It is read again, before anybody goes for a model that may have no room all the same.</summary>
    private bool LookAgainLater(ModelSlot slot, long now)
    {
        slot.NotBefore = now + Ticks(LookAgain);
        foreach (var ledger in slot.Rung.Ledgers.Where(ledger => ledger.Limit < ledger.Budget))
            Run(() => ReadAgainAsync(ledger));
        return true;
    }

    private bool Refuse(ModelSlot slot, string reason)
    {
        var error = new ModelLoadException(slot.Manager, slot.Name, reason);
        slot.LastError = error;
        events.Refused(slot, error, slot.IsAvailable);
        FailWaiters(slot, error);
        return true;
    }

    /// <summary>Whether a model that is idle now gives somebody room who waits, or a reason to try again. Asked at the end of each lease, so that it plans and allocates nothing.</summary>
    private bool IsAwaited(ResidentModel resident, long now)
    {
        foreach (var slot in queue)
        {
            if (slot.BlockedAt?.Concerns(resident.Ledger) == true || (MayTry(slot, now) && GivesRoom(resident, slot, now)))
                return true;
        }

        return false;
    }

    /// <summary>Whether a slot has room on the device of a model, once this and all others that may go have gone.</summary>
    private bool GivesRoom(ResidentModel idle, ModelSlot slot, long now)
    {
        var ledger = idle.Ledger;

        // One who is impatient need not wait until it is idle.
        if (IsImpatient(slot, now) || !slot.Rung.Ledgers.Contains(ledger) || !MayGo(idle, ledger, slot, isImpatient: false, now) || slot.Size.In(slot.Rung.Precision) is not { } bytes)
            return false;
        var room = ledger.Free;
        foreach (var resident in residents)
        {
            if (MayGo(resident, ledger, slot, isImpatient: false, now))
                room += resident.Bytes;
        }

        return bytes <= room;
    }

    /// <summary>The models that may go for a slot, and what each costs.</summary>
    private IEnumerable<EvictionCandidate> Candidates(DeviceLedger ledger, ModelSlot slot, long now)
    {
        var isImpatient = IsImpatient(slot, now);
        return residents
            .Where(resident => MayGo(resident, ledger, slot, isImpatient, now))
            .Select(resident => new EvictionCandidate(resident, resident.Bytes, CostOf(resident)));
    }

    private bool MayGo(ResidentModel resident, DeviceLedger ledger, ModelSlot slot, bool isImpatient, long now) =>
        IsEvictable(resident, ledger, slot) && (isImpatient || (resident.Leases == 0 && !IsProtected(resident, now)));

    private static bool IsEvictable(ResidentModel resident, DeviceLedger ledger, ModelSlot slot) =>
        resident.State == ResidentState.Stays && resident.Ledger == ledger && resident.Slot != slot && !resident.Slot.Pinned;

    private double CostOf(ResidentModel resident)
    {
        var slot = resident.Slot;
        var cost = slot.LoadSeconds * slot.Weight * forecast.Nearness(slot.Uses);

        // Who uses it now would wait for another load: whatever goes instead is cheaper.
        return resident.Leases > 0 ? cost + slot.LoadSeconds + 1 : cost;
    }

    private bool IsProtected(ResidentModel resident, long now) => ProtectedUntil(resident) > now;

    private long ProtectedUntil(ResidentModel resident) => resident.LoadedAt + Ticks(TimeSpan.FromSeconds(Options.ResidencyFactor * resident.Slot.LoadSeconds));

    private bool IsImpatient(ModelSlot slot, long now) => now >= ImpatientFrom(slot);

    private long ImpatientFrom(ModelSlot slot) => WaitingSince(slot) + Ticks(Patience);

    private static long WaitingSince(ModelSlot slot) => slot.Waiters.Count > 0 ? slot.Waiters[0].Since : long.MaxValue / 2;

    private bool Claim(ModelSlot slot, DeviceLedger ledger, long bytes, EvictionPlan plan)
    {
        queue.Remove(slot);
        var load = new ModelLoad(slot, ledger, slot.Rung.Precision, bytes);
        slot.Load = load;
        ledger.Claim(load);
        foreach (var victim in plan.Victims)
        {
            if (Close(victim, ModelEvictionReason.Room))
                load.Closing.Add(victim);
        }

        return true;
    }

    private void StartClaims(long now)
    {
        foreach (var ledger in Ledgers)
        {
            foreach (var load in ledger.Claims.Where(load => !load.IsStarted).ToArray())
            {
                if (ledger.RunningLoads >= Options.ConcurrentLoads)
                    break;
                if (!ledger.CanStart(load))
                    continue;
                load.Start(now);
                ledger.Start(load);
                Run(() => LoadAsync(load));
            }
        }
    }

    /// <summary>
    /// Takes back the room of a load that has not begun. Models in use that were to go for it stay, and where others were promised some of their room, those wait again.
    /// </summary>
    private void Revoke(ModelLoad claim)
    {
        var ledger = claim.Ledger;
        ledger.End(claim);
        claim.Slot.Load = null;
        foreach (var resident in claim.Closing.Where(resident => resident is { State: ResidentState.Closing, Reason: ModelEvictionReason.Room }))
        {
            resident.State = ResidentState.Stays;
            ledger.StaysAfterAll(resident.Bytes);
            if (resident.Slot.Current == resident)
                ServeWaiters(resident.Slot, loadedFrom: null);
        }

        if (ledger.Free < 0 && ledger.Claims.LastOrDefault(other => !other.IsStarted) is { } last)
            RevokeAndRequeue(last);
    }

    private void RevokeAndRequeue(ModelLoad claim)
    {
        Revoke(claim);
        if (claim.Slot is { Waiters.Count: > 0, Load: null } slot && !queue.Contains(slot))
            queue.Add(slot);
    }

    /// <summary>Loads what is mostly used next, into room that is free.</summary>
    private void PreloadNext()
    {
        if (predictor!.Next is not { Current: null, Load: null, LastError: null } slot || slot.Size.In(slot.Rung.Precision) is not { } bytes)
            return;
        if (slot.Rung.Ledgers.FirstOrDefault(ledger => bytes <= ledger.Free && ledger.CanTakeMore(bytes) && ledger.RunningLoads == 0) is { } ledger)
        {
            Claim(slot, ledger, bytes, EvictionPlan.Nothing);
            StartClaims(Now);
        }
    }

    private sealed record Placement(DeviceLedger Ledger, EvictionPlan Plan);
}
