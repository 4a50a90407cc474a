using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>Many threads on one scheduler, with the clock and the pool of the system: what must hold at any time, and at the end.</summary>
public class ModelThreadsTests
{
    private const int Threads = 8;
    private const int Rounds = 10_000;
    private const int ModelCount = 6;
    private const long Budget = 10;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_they_ask_at_once_no_model_in_use_goes_no_device_is_over_its_budget_and_everybody_is_answered(int seed)
    {
        var options = new ModelSchedulingOptions { ResidencyFactor = 0, QueueTimeout = TimeSpan.FromMinutes(2), Preload = true };
        var device = new CountedDevice(Budget);
        var events = new CountedEvents();
        var scheduler = new ModelScheduler(options, [KeyValuePair.Create(ModelDevice.Cpu, Budget)], new LedgerOnly(), events, TimeProvider.System);
        var slots = Enumerable.Range(0, ModelCount).Select(i => Slot(scheduler, device, i)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() => AskAsync(scheduler, slots, new Random((seed * 1_000) + thread))))).WaitAsync(TimeSpan.FromMinutes(2));
        var waiting = scheduler.Waiting;
        await scheduler.StopAsync(default).WaitAsync(TimeSpan.FromMinutes(1));

        device.Problems.ShouldBeEmpty();
        waiting.ShouldBe(0);
        device.Used.ShouldBe(0);
        device.Released.ShouldBe(device.Loaded);
        var ledger = scheduler.Ledgers[0];
        (ledger.Held, ledger.Reserved, scheduler.Residents.Count).ShouldBe((0, 0, 0));

        // Each is told once, by one thread at a time, and nothing is left untold.
        events.Overlaps.ShouldBe(0);
        (events.LoadCount, events.LeftCount).ShouldBe((device.Loaded, device.Released));
    }

    private static ModelSlot<CountedModel> Slot(ModelScheduler scheduler, CountedDevice device, int i)
    {
        var definition = new ModelDefinition($"model-{i}") { EstimatedBytes = 2 + (i % 3), KeepAlive = i % 2 == 0 ? TimeSpan.FromMilliseconds(5) : null };
        var slot = new ModelSlot<CountedModel>(scheduler, "Models", definition, LoadRung.Of(definition, scheduler.Ledgers), device);
        scheduler.Add(slot);
        return slot;
    }

    private static async Task AskAsync(ModelScheduler scheduler, ModelSlot<CountedModel>[] slots, Random random)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var slot = slots[Math.Min(random.Next(ModelCount), random.Next(ModelCount))];
            switch (random.Next(100))
            {
                case < 80:
                    using (var lease = await slot.AcquireAsync(default))
                        await lease.Model.UseAsync(random.Next(4) == 0);
                    break;
                case < 90:
                    await LeaveAsync(slot, random);
                    break;
                case < 93:
                    await scheduler.LoadAsync(slot, newVersion: true, default);
                    break;
                case < 96:
                    await IfAllowedAsync(scheduler.UnloadAsync(slot, default));
                    break;
                case < 98:
                    scheduler.StatusOf("Models", slot.Name, slot).Leases.ShouldBeGreaterThanOrEqualTo(0);
                    break;
                default:
                    // One only: beside it there is room for each of the others, and for its next version.
                    await scheduler.PinAsync(slots[0], default);
                    scheduler.Unpin(slots[0]);
                    break;
            }
        }
    }

    /// <summary>Waits for a model and gives up at about the time that it comes.</summary>
    private static async Task LeaveAsync(ModelSlot<CountedModel> slot, Random random)
    {
        using var cancel = new CancellationTokenSource();
        var wait = slot.AcquireAsync(cancel.Token);
        for (var spins = random.Next(3); spins > 0; spins--)
            await Task.Yield();
        await cancel.CancelAsync();
        try
        {
            using var lease = await wait;
            await lease.Model.UseAsync(yields: false);
        }
        catch (OperationCanceledException)
        {
            // It left in time.
        }
    }

    // An unload is refused of a model that is pinned or being loaded.
    private static async Task IfAllowedAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (InvalidOperationException)
        {
        }
    }

    private sealed class CountedEvents : ISchedulerEvents
    {
        private int inside;

        public int LoadCount { get; private set; }

        public int LeftCount { get; private set; }

        public int Overlaps { get; private set; }

        public void Loaded(ModelLoad load, ResidentModel resident, TimeSpan duration, bool isNewVersion) => Alone(() => LoadCount++);

        public void Left(ResidentModel resident, TimeSpan idle) => Alone(() => LeftCount++);

        public void LoadFailed(ModelLoad load, ModelLoadException error, TimeSpan duration, bool keepsVersion) => Alone(() => { });

        public void Refused(ModelSlot slot, ModelLoadException error, bool keepsVersion) => Alone(() => { });

        public void OutOfMemory(ModelLoad load, Exception error, OutOfMemoryRecovery next) => Alone(() => { });

        public void FellBack(ModelSlot slot, LoadRung from, LoadRung to, long bytes, Exception? error) => Alone(() => { });

        public void RunOutOfMemory(ModelSlot slot, ModelDevice device, Exception error, int leaving) => Alone(() => { });

        public void OverBudget(ResidentModel resident, long taken, long limit) => Alone(() => { });

        public void ReleaseFailed(ModelSlot slot, ModelDevice device, long bytes, Exception error) => Alone(() => { });

        public void WaitEnded(ModelSlot slot, TimeSpan duration, Exception? error) => Alone(() => { });

        public void RoomTimedOut(ModelSlot slot, int callers) => Alone(() => { });

        private void Alone(Action count)
        {
            if (Interlocked.Increment(ref inside) != 1)
                Overlaps++;
            count();
            Interlocked.Decrement(ref inside);
        }
    }
}
