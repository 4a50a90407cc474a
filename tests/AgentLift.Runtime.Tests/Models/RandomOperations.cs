using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>One run of random operations, with what went wrong.</summary>
internal sealed class RandomOperations
{
    private const long Gigabyte = 1_000_000_000;
    private const int Models = 40;
    private const int MostLeases = 6;

    private static readonly ModelDevice[] Gpus = [ModelDevice.Cuda(0), ModelDevice.Cuda(1)];

    private readonly Random random;
    private readonly SchedulerSimulation simulation;
    private readonly List<(ModelSlot<FakeModel> Slot, FakeLoader Loader)> models = [];
    private readonly List<ModelLease<FakeModel>> leases = [];
    private readonly List<(Task<ModelLease<FakeModel>> Lease, ModelSlot<FakeModel> Slot, CancellationTokenSource Cancel, TimeSpan Since)> waits = [];
    private readonly Dictionary<string, int> failures = [];
    private int damaged;
    private int overBudget;

    public RandomOperations(int seed)
    {
        random = new Random(seed);
        var options = new ModelSchedulingOptions { QueueTimeout = TimeSpan.FromSeconds(60), QueueCapacity = 200, Preload = seed % 4 == 0, ConcurrentLoads = 1 + (seed % 3), ResidencyFactor = seed % 2 };
        var budgets = Gpus.ToDictionary(gpu => gpu, _ => 24 * Gigabyte);
        budgets[ModelDevice.Cpu] = 64 * Gigabyte;
        simulation = new SchedulerSimulation(options, budgets, time => budgets.ToDictionary(budget => budget.Key, budget => new FakeDevice(time, random)
        {
            // A driver has a little more than the budget, and keeps some of it in pieces.
            Capacity = budget.Value + (2 * Gigabyte),
            LateReclaim = TimeSpan.FromMilliseconds(400),
            Fragmentation = 0.1,
            FailureRate = 0.005,
        }));
        simulation.Events.KeepLines = false;
        for (var i = 0; i < Models; i++)
            models.Add(NewModel(i));
    }

    public List<string> Problems { get; } = [];

    /// <summary>Acquires that could have succeeded: not cancelled, of a model that fits and is not damaged.</summary>
    public int Feasible { get; private set; }

    public int Failed { get; private set; }

    public string Summary => $"{Feasible} feasible acquires in {simulation.Time.Elapsed:c}, {Failed} failed ({string.Join("; ", failures.Select(failure => $"{failure.Value} x {failure.Key}"))}); "
        + $"{simulation.Events.LoadCount} loads, {damaged} damaged, {simulation.Events.Evictions} evictions, {simulation.Events.OutOfMemoryCount} times out of memory";

    public void Run(int operations)
    {
        for (var i = 0; i < operations && Problems.Count == 0; i++)
        {
            Step();
            simulation.RunDispatched();
            Collect();
            Check(i);
            CheckWakeUps(i);
        }

        WindDown();
    }

    private (ModelSlot<FakeModel> Slot, FakeLoader Loader) NewModel(int i)
    {
        var bytes = (long)(Gigabyte * Math.Exp(random.NextDouble() * Math.Log(18)));
        var loader = new FakeLoader(simulation.Time, simulation.Devices)
        {
            Bytes = bytes,
            LoadTime = TimeSpan.FromMilliseconds(random.Next(100, 101 + (int)(100 * bytes / Gigabyte))),
            ReleaseTime = random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(random.Next(1, 100)),
            Fails = () =>
            {
                var fails = random.NextDouble() < 0.002;
                damaged += fails ? 1 : 0;
                return fails;
            },
        };
        var definition = new ModelDefinition($"model-{i}")
        {
            // Wrong by half to twice; of what does not fit as it is estimated, nothing can be loaded.
            EstimatedBytes = Math.Min(24 * Gigabyte, (long)(bytes * Math.Pow(2, (random.NextDouble() * 2) - 1))),
            Priority = random.Next(0, 11),
            KeepAlive = random.Next(3) == 0 ? TimeSpan.FromSeconds(random.Next(1, 300)) : null,
            Devices = random.Next(4) switch { 0 => [Gpus[0]], 1 => [Gpus[1], Gpus[0]], 2 => [ModelDevice.Cpu], _ => [] },
            Fallback = random.Next(3) == 0 ? ModelFallback.HalfPrecision | ModelFallback.Cpu : ModelFallback.None,
        };
        return (simulation.Add(definition, loader), loader);
    }

    private void Step()
    {
        var (slot, _) = models[Math.Min(random.Next(Models), random.Next(Models))];
        switch (random.Next(100))
        {
            case < 30:
                Acquire(slot);
                break;
            case < 70:
                EndLease();
                break;
            case < 73 when waits.Count > 0:
                waits[random.Next(waits.Count)].Cancel.Cancel();
                break;
            case < 74:
                _ = Swallow(() => simulation.Scheduler.LoadAsync(slot, newVersion: true, default));
                break;
            case < 75:
                _ = Swallow(() => simulation.Scheduler.UnloadAsync(slot, default));
                break;
            case < 76:
                if (slot.Pinned)
                    simulation.Scheduler.Unpin(slot);
                else if (models.Count(model => model.Slot.Pinned) < 3 && slot.Size.In(ModelPrecision.AsStored) < 3 * Gigabyte)
                    _ = Swallow(() => { simulation.Scheduler.Pin(slot); return Task.CompletedTask; });
                break;
            default:
                simulation.Advance(TimeSpan.FromMilliseconds(random.Next(0, 2_000)));
                break;
        }
    }

    private void Acquire(ModelSlot<FakeModel> slot)
    {
        if (leases.Count >= MostLeases)
            EndLease();
        var cancel = new CancellationTokenSource();
        try
        {
            waits.Add((slot.AcquireAsync(cancel.Token).AsTask(), slot, cancel, simulation.Time.Elapsed));
        }
        catch (ModelQueueFullException)
        {
            Problems.Add("The queue was full.");
        }
    }

    private void EndLease()
    {
        if (leases.Count == 0)
            return;
        var i = random.Next(leases.Count);
        var lease = leases[i];
        leases.RemoveAt(i);
        lease.Model.EndLease();
        lease.Dispose();
        if (random.Next(10) == 0)
            lease.Dispose();
    }

    /// <summary>Takes what those who waited have got.</summary>
    private void Collect()
    {
        foreach (var wait in waits.Where(wait => wait.Lease.IsCompleted).ToArray())
        {
            waits.Remove(wait);
            if (wait.Lease.IsCanceled)
                continue;
            if (wait.Lease.IsCompletedSuccessfully)
            {
                Feasible++;
                wait.Lease.Result.Model.Lease();
                leases.Add(wait.Lease.Result);
                continue;
            }

            var error = wait.Lease.Exception!.InnerException!;
            if (error.Message.Contains("damaged", StringComparison.Ordinal))
                continue;
            Feasible++;
            Failed++;
            var reason = error.Message.Split(':')[1].Split(';')[0];
            failures[reason] = failures.GetValueOrDefault(reason) + 1;
        }
    }

    private void Check(int step)
    {
        foreach (var (slot, loader) in models)
        {
            if (loader.Misuse is { } misuse)
                Problems.Add($"Step {step}: {misuse.Message}");
            if (loader.MostLoadsUnderWay > 1)
                Problems.Add($"Step {step}: {slot.Name} was loaded twice at a time.");
        }

        foreach (var ledger in simulation.Scheduler.Ledgers)
        {
            if (ledger.Free < 0)
                Problems.Add($"Step {step}: {ledger.Device} promises {-ledger.Free} bytes too many.");
            if (ledger is { Going: 0, Started: 0 } && ledger.Staying > ledger.Limit)
                Problems.Add($"Step {step}: {ledger.Device} is over its limit by {ledger.Staying - ledger.Limit} bytes.");
            if (ledger.Held > ledger.Limit && simulation.Events.OverBudgetCount == overBudget && ledger.Claims.Any(load => load.StartedAt == simulation.Time.GetTimestamp()))
                Problems.Add($"Step {step}: a load on {ledger.Device} began before there was room for it.");
            if (ledger.Reserved < ledger.Started || ledger.Staying < 0 || ledger.Going < 0 || ledger.Started < 0)
                Problems.Add($"Step {step}: the ledger of {ledger.Device} is wrong.");
        }

        overBudget = simulation.Events.OverBudgetCount;
        if (simulation.Scheduler.Waiting != models.Sum(model => model.Slot.Waiters.Count))
            Problems.Add($"Step {step}: {simulation.Scheduler.Waiting} wait by count.");
        var limit = simulation.Scheduler.Options.QueueTimeout + TimeSpan.FromSeconds(60);
        if (waits.FirstOrDefault(wait => simulation.Time.Elapsed - wait.Since > limit) is { Slot: { } late })
            Problems.Add($"Step {step}: somebody waits for {late.Name}, which is {late.State}, for more than {limit}.");
    }

    /// <summary>
    /// A look at the queue finds nothing that could have been given room before: whoever gave room back has woken those who wait. Where residency counts, which ends
    /// between two milliseconds, a timer may be due within one.
    /// </summary>
    private void CheckWakeUps(int step)
    {
        if (simulation.Scheduler.Options.ResidencyFactor > 0 || models.FirstOrDefault(model => !model.Slot.Pinned).Slot is not { } slot)
            return;
        var waited = models.Count(model => model.Slot is { Waiters.Count: > 0, Load: null });
        simulation.Scheduler.Unpin(slot);
        if (models.Count(model => model.Slot is { Waiters.Count: > 0, Load: null }) < waited)
            Problems.Add($"Step {step}: somebody waited for room that there was.");
    }

    /// <summary>Once nobody uses anything, everybody who waits gets what he waits for, and at the end all memory is given back.</summary>
    private void WindDown()
    {
        var guard = 0;
        while ((leases.Count > 0 || waits.Count > 0) && guard++ < 10_000)
        {
            while (leases.Count > 0)
                EndLease();
            simulation.Advance(TimeSpan.FromMilliseconds(100));
            Collect();
        }

        if (waits.Count > 0)
            Problems.Add($"{waits.Count} wait for ever, the first for {waits[0].Slot.Name}, which is {waits[0].Slot.State}.");
        var stop = simulation.Scheduler.StopAsync(default);
        simulation.Advance(TimeSpan.FromMinutes(1));
        if (simulation.Devices.Values.Any(device => device.Used != 0))
            Problems.Add($"Memory was not given back: {string.Join(", ", simulation.Scheduler.Residents.Select(resident => $"{resident.Slot.Name} {resident.State} {resident.Reason} {resident.Leases}"))}; {string.Join(", ", simulation.Devices.Values.Select(device => device.Used))}; {stop.Status}.");
        if (simulation.Scheduler.Ledgers.Any(ledger => ledger.Held != 0))
            Problems.Add("The ledger holds bytes that nobody has.");
    }

    private static async Task Swallow(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception error) when (error is InvalidOperationException or ModelLoadException)
        {
            // Refused, as it may be.
        }
    }
}
