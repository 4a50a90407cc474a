using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>What a scheduler does with one GPU of 10 bytes and a CPU of 100, in simulated time.</summary>
public class ModelSchedulerTests
{
    private static readonly ModelDevice Gpu = ModelDevice.Cuda(0);

    private readonly SchedulerSimulation simulation;

    public ModelSchedulerTests() => simulation = NewSimulation(new ModelSchedulingOptions { ResidencyFactor = 0 });

    [Fact]
    public void Who_asks_while_a_model_is_loaded_shares_the_load()
    {
        var (model, loader) = Add("a", 4);

        var acquires = Enumerable.Range(0, 1_000).Select(_ => model.AcquireAsync(default).AsTask()).ToArray();
        simulation.Advance(TimeSpan.FromSeconds(1));

        acquires.ShouldAllBe(acquire => acquire.IsCompletedSuccessfully);
        loader.Loads.ShouldBe(1);
        simulation.Scheduler.StatusOf("Models", "a", model).Leases.ShouldBe(1_000);
    }

    [Fact]
    public void A_model_in_use_is_not_evicted_and_who_needs_its_room_waits_for_it()
    {
        var (big, _) = Add("big", 8);
        var (other, _) = Add("other", 8);
        var lease = simulation.Acquire(big);

        var waiting = other.AcquireAsync(default).AsTask();
        simulation.Advance(TimeSpan.FromSeconds(10));
        waiting.IsCompleted.ShouldBeFalse();
        big.State.ShouldBe(ModelState.Loaded);

        lease.Dispose();
        simulation.Advance(TimeSpan.FromSeconds(1));
        waiting.IsCompletedSuccessfully.ShouldBeTrue();
        big.State.ShouldBe(ModelState.Unloaded);
    }

    [Fact]
    public void A_pinned_model_is_not_evicted()
    {
        var (pinned, _) = Add("pinned", 6, definition => definition with { Pinned = true });
        var (other, _) = Add("other", 4);
        simulation.Acquire(pinned).Dispose();
        simulation.Acquire(other).Dispose();

        var (third, _) = Add("third", 4);
        simulation.Acquire(third).Dispose();

        pinned.State.ShouldBe(ModelState.Loaded);
        other.State.ShouldBe(ModelState.Unloaded);
    }

    [Fact]
    public void What_matters_more_stays()
    {
        var (urgent, _) = Add("urgent", 5, definition => definition with { Priority = 9 });
        var (casual, _) = Add("casual", 5, definition => definition with { Priority = 1 });
        simulation.Acquire(casual).Dispose();
        simulation.Acquire(urgent).Dispose();
        simulation.Acquire(casual).Dispose();

        simulation.Acquire(Add("new", 5).Model).Dispose();

        urgent.State.ShouldBe(ModelState.Loaded);
        casual.State.ShouldBe(ModelState.Unloaded);
    }

    [Fact]
    public void What_is_slow_to_load_stays()
    {
        var (slow, _) = Add("slow", 5, loadTime: TimeSpan.FromSeconds(60));
        var (quick, _) = Add("quick", 5, loadTime: TimeSpan.FromSeconds(1));
        simulation.Acquire(slow).Dispose();
        simulation.Acquire(quick).Dispose();

        simulation.Acquire(Add("new", 5).Model).Dispose();

        slow.State.ShouldBe(ModelState.Loaded);
        quick.State.ShouldBe(ModelState.Unloaded);
    }

    [Fact]
    public void A_model_goes_when_nobody_has_used_it_for_its_keep_alive()
    {
        var (model, _) = Add("a", 4, definition => definition with { KeepAlive = TimeSpan.FromSeconds(300) });
        var lease = simulation.Acquire(model);
        simulation.Advance(TimeSpan.FromSeconds(1_000));
        model.State.ShouldBe(ModelState.Loaded);
        lease.Dispose();

        simulation.Advance(TimeSpan.FromSeconds(299));
        model.State.ShouldBe(ModelState.Loaded);
        simulation.Advance(TimeSpan.FromSeconds(2));

        model.State.ShouldBe(ModelState.Unloaded);
        simulation.Devices[Gpu].Used.ShouldBe(0);
    }

    [Fact]
    public void A_model_larger_than_it_said_makes_others_go_and_is_known_from_then_on()
    {
        var (small, _) = Add("small", 4);
        var (other, _) = Add("other", 2);
        simulation.Acquire(small).Dispose();
        simulation.Acquire(other).Dispose();
        var (liar, _) = Add("liar", 4, actual: 5);

        using var lease = simulation.Acquire(liar);
        simulation.Advance(TimeSpan.FromSeconds(10));

        var ledger = simulation.Scheduler.Ledgers[0];
        ledger.Held.ShouldBeLessThanOrEqualTo(ledger.Limit);
        simulation.Scheduler.StatusOf("Models", "liar", liar).Bytes.ShouldBe(5);
        liar.Size.In(ModelPrecision.AsStored).ShouldBe(5);
    }

    [Fact]
    public void A_model_that_never_fits_is_refused_at_once_and_says_why()
    {
        var (model, loader) = Add("huge", 11);

        var refused = Should.Throw<ModelLoadException>(() => simulation.Acquire(model));

        refused.Message.ShouldBe("Model huge of Models could not be loaded: it takes 11 bytes, and models may take 10 bytes of cuda:0");
        loader.Loads.ShouldBe(0);
    }

    [Fact]
    public void Without_memory_idle_models_go_first_then_half_precision_is_tried_then_the_cpu()
    {
        var (idle, _) = Add("idle", 1);
        simulation.Acquire(idle).Dispose();

        // The device is smaller than its budget says: 10 bytes never fit, nor do 5.
        simulation.Devices[Gpu].Allocate(7);
        var (model, loader) = Add("a", 8, definition => definition with { Fallback = ModelFallback.HalfPrecision | ModelFallback.Cpu });

        using var lease = simulation.Acquire(model);

        lease.Device.ShouldBe(ModelDevice.Cpu);
        lease.Precision.ShouldBe(ModelPrecision.AsStored);
        idle.State.ShouldBe(ModelState.Unloaded);
        var told = simulation.Events.Lines.Where(line => line.Contains("out of memory", StringComparison.Ordinal)).ToList();
        told[0].ShouldBe("a out of memory on cuda:0: Evict");
        told.Where(line => line.EndsWith("Fallback", StringComparison.Ordinal)).Count().ShouldBe(2);
        loader.Loads.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void Without_memory_half_precision_is_enough_where_it_fits()
    {
        simulation.Devices[Gpu].Allocate(6);
        var (model, _) = Add("a", 8, definition => definition with { Fallback = ModelFallback.HalfPrecision | ModelFallback.Cpu });

        using var lease = simulation.Acquire(model);

        lease.Device.ShouldBe(Gpu);
        lease.Precision.ShouldBe(ModelPrecision.Half);
    }

    [Fact]
    public void Without_memory_and_without_a_fallback_the_load_fails_and_the_next_use_tries_again()
    {
        simulation.Devices[Gpu].Allocate(6);
        var (model, _) = Add("a", 8);

        var failure = Should.Throw<ModelLoadException>(() => simulation.Acquire(model));
        failure.Kind.ShouldBe(ModelFailureKind.OutOfMemory);
        model.State.ShouldBe(ModelState.Failed);

        simulation.Devices[Gpu].Free(6);
        simulation.Advance(TimeSpan.FromSeconds(1));
        simulation.Acquire(model).Dispose();
        model.State.ShouldBe(ModelState.Loaded);
    }

    [Fact]
    public void A_load_that_fails_is_told_to_all_who_wait()
    {
        var fails = true;
        var (model, loader) = Add("a", 4, fails: () => fails);
        var acquires = Enumerable.Range(0, 3).Select(_ => model.AcquireAsync(default).AsTask()).ToArray();

        simulation.Advance(TimeSpan.FromSeconds(1));

        foreach (var acquire in acquires)
            acquire.Exception!.InnerException!.Message.ShouldBe("Model a of Models could not be loaded: InvalidDataException: a is damaged.");
        loader.Loads.ShouldBe(1);
        fails = false;
        simulation.Acquire(model).Dispose();
    }

    [Fact]
    public void Who_waits_too_long_for_room_is_told_who_has_it()
    {
        using var held = simulation.Acquire(Add("held", 8).Model);
        var waiting = Add("late", 8).Model.AcquireAsync(default).AsTask();

        simulation.Advance(TimeSpan.FromSeconds(31));

        waiting.Exception!.InnerException!.Message.ShouldBe(
            "Model late of Models could not be loaded: there was no room within 00:00:30; it takes 8 bytes, and of 10 bytes of cuda:0, in use are held (8), and 8 are promised to loads");
        simulation.Scheduler.Ledgers[0].Reserved.ShouldBe(0);
    }

    [Fact]
    public void A_load_may_take_longer_than_the_wait_for_room()
    {
        var (model, _) = Add("slow", 4, loadTime: TimeSpan.FromSeconds(100));

        simulation.Acquire(model).Dispose();

        model.State.ShouldBe(ModelState.Loaded);
    }

    [Fact]
    public void A_load_that_takes_too_long_has_failed_and_what_it_still_delivers_serves_the_next()
    {
        var (model, loader) = Add("slow", 4, definition => definition with { LoadTimeout = TimeSpan.FromSeconds(20) }, loadTime: TimeSpan.FromSeconds(30));
        var first = model.AcquireAsync(default).AsTask();
        simulation.Advance(TimeSpan.FromSeconds(25));
        first.Exception!.InnerException!.Message.ShouldBe("Model slow of Models could not be loaded: the load took longer than 00:00:20");

        var second = model.AcquireAsync(default).AsTask();
        simulation.Advance(TimeSpan.FromSeconds(10));

        second.IsCompletedSuccessfully.ShouldBeTrue();
        loader.Loads.ShouldBe(1);
    }

    [Fact]
    public void One_more_than_may_wait_is_refused()
    {
        var small = NewSimulation(new ModelSchedulingOptions { QueueCapacity = 2 });
        var (model, _) = Add(small, "a", 4);
        _ = model.AcquireAsync(default).AsTask();
        _ = model.AcquireAsync(default).AsTask();

        Should.Throw<ModelQueueFullException>(() => model.AcquireAsync(default).AsTask()).Message.ShouldContain("2 callers wait");
    }

    [Fact]
    public void Who_gives_up_frees_the_room_that_was_promised()
    {
        using var held = simulation.Acquire(Add("held", 6).Model);
        using var cancel = new CancellationTokenSource();
        var waiting = Add("late", 6).Model.AcquireAsync(cancel.Token).AsTask();
        simulation.Advance(TimeSpan.FromSeconds(16));
        simulation.Scheduler.Ledgers[0].Reserved.ShouldBe(6);

        cancel.Cancel();

        waiting.IsCanceled.ShouldBeTrue();
        simulation.Scheduler.Ledgers[0].Reserved.ShouldBe(0);
        simulation.Scheduler.Waiting.ShouldBe(0);
    }

    [Fact]
    public void Promises_made_out_of_room_that_does_not_come_are_taken_back()
    {
        using var held = simulation.Acquire(Add("held", 8).Model);
        using var cancel = new CancellationTokenSource();
        _ = Add("starving", 3).Model.AcquireAsync(cancel.Token).AsTask();
        simulation.Advance(TimeSpan.FromSeconds(16));

        // The model in use is to go; what it leaves is promised to another as well.
        var other = Add("other", 6).Model.AcquireAsync(default).AsTask();
        simulation.Scheduler.Ledgers[0].Reserved.ShouldBe(9);
        cancel.Cancel();

        simulation.Scheduler.Ledgers[0].Reserved.ShouldBe(0);
        simulation.Scheduler.Ledgers[0].Free.ShouldBe(2);
        held.Dispose();
        simulation.Advance(TimeSpan.FromSeconds(1));
        other.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void Who_waits_for_half_of_his_time_closes_what_is_always_in_use()
    {
        var (busy, _) = Add("busy", 8);
        var lease = simulation.Acquire(busy);
        var waiting = Add("starving", 8).Model.AcquireAsync(default).AsTask();

        // Somebody new has it each time before the last lets go.
        for (var i = 0; i < 20 && !waiting.IsCompleted; i++)
        {
            simulation.Advance(TimeSpan.FromSeconds(1));
            var next = busy.AcquireAsync(default).AsTask();
            lease.Dispose();
            if (!busy.TryAcquire(out lease))
                break;
            simulation.RunUntil(next.ContinueWith(given => given.Result.Dispose(), TaskContinuationOptions.ExecuteSynchronously));
        }

        simulation.Advance(TimeSpan.FromSeconds(1));
        waiting.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void A_small_model_passes_a_large_one_that_waits_for_room()
    {
        using var held = simulation.Acquire(Add("held", 6).Model);
        var large = Add("large", 8).Model.AcquireAsync(default).AsTask();

        simulation.Acquire(Add("small", 3).Model).Dispose();

        large.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void Two_models_that_take_turns_are_each_left_alone_for_as_long_as_their_load_took()
    {
        var patient = NewSimulation(new ModelSchedulingOptions { ResidencyFactor = 1, QueueTimeout = TimeSpan.FromMinutes(10) });
        var (one, _) = Add(patient, "one", 8, loadTime: TimeSpan.FromSeconds(20));
        var (two, _) = Add(patient, "two", 8, loadTime: TimeSpan.FromSeconds(20));
        patient.Acquire(one).Dispose();

        var other = two.AcquireAsync(default).AsTask();
        patient.Advance(TimeSpan.FromSeconds(19));
        one.State.ShouldBe(ModelState.Loaded);
        patient.Advance(TimeSpan.FromSeconds(22));

        other.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void A_lease_that_is_disposed_of_twice_ends_no_other()
    {
        var (model, _) = Add("a", 8);
        var first = simulation.Acquire(model);
        first.Dispose();
        using var second = simulation.Acquire(model);

        first.Dispose();

        var waiting = Add("b", 8).Model.AcquireAsync(default).AsTask();
        simulation.Advance(TimeSpan.FromSeconds(5));
        waiting.IsCompleted.ShouldBeFalse();
        Should.Throw<ObjectDisposedException>(() => first.Model);
        second.Model.IsReleased.ShouldBeFalse();
    }

    [Fact]
    public void A_new_version_takes_over_once_it_is_loaded_and_the_old_goes_when_nobody_uses_it()
    {
        var (model, loader) = Add("a", 4);
        var old = simulation.Acquire(model);

        var reload = simulation.Scheduler.LoadAsync(model, newVersion: true, default);
        simulation.RunUntil(reload);
        using var current = simulation.Acquire(model);

        reload.IsCompletedSuccessfully.ShouldBeTrue();
        loader.Loads.ShouldBe(2);
        current.Model.ShouldNotBe(old.Model);
        old.Model.IsReleased.ShouldBeFalse();
        var before = old.Model;
        old.Dispose();
        simulation.RunDispatched();
        before.IsReleased.ShouldBeTrue();
    }

    [Fact]
    public void A_new_version_that_fails_leaves_the_old_in_use()
    {
        var fails = false;
        var (model, _) = Add("a", 4, fails: () => fails);
        simulation.Acquire(model).Dispose();
        fails = true;

        var reload = simulation.Scheduler.LoadAsync(model, newVersion: true, default);
        simulation.RunUntil(reload);

        reload.Exception!.InnerException.ShouldBeOfType<ModelLoadException>();
        model.State.ShouldBe(ModelState.Loaded);
        simulation.Acquire(model).Dispose();
    }

    [Fact]
    public void A_new_version_that_has_no_room_beside_the_old_is_refused()
    {
        var (model, _) = Add("a", 6);
        simulation.Acquire(model).Dispose();

        var reload = simulation.Scheduler.LoadAsync(model, newVersion: true, default);
        simulation.RunUntil(reload);

        reload.Exception!.InnerException!.Message.ShouldContain("6 of which belong to pinned models or to its version in use");
        model.State.ShouldBe(ModelState.Loaded);
    }

    [Fact]
    public void A_new_version_without_room_does_not_fall_back()
    {
        var (model, loader) = Add("a", 6, definition => definition with { Fallback = ModelFallback.Cpu });
        simulation.Acquire(model).Dispose();

        var reload = simulation.Scheduler.LoadAsync(model, newVersion: true, default);
        simulation.RunUntil(reload);

        reload.IsFaulted.ShouldBeTrue();
        loader.LastDevice.ShouldBe(Gpu);
        model.Current!.Device.ShouldBe(Gpu);
    }

    [Fact]
    public void A_new_version_asked_for_while_another_is_loaded_is_loaded_after_it()
    {
        var (model, loader) = Add("a", 3);
        simulation.Acquire(model).Dispose();
        var first = simulation.Scheduler.LoadAsync(model, newVersion: true, default);
        simulation.Advance(TimeSpan.FromMilliseconds(100));

        var second = simulation.Scheduler.LoadAsync(model, newVersion: true, default);
        simulation.RunUntil(first);
        second.IsCompleted.ShouldBeFalse();
        simulation.RunUntil(second);

        loader.Loads.ShouldBe(3);
    }

    [Fact]
    public void A_device_without_memory_is_left_for_another_before_a_fallback()
    {
        var two = new SchedulerSimulation(
            new ModelSchedulingOptions(),
            new Dictionary<ModelDevice, long> { [Gpu] = 10, [ModelDevice.Cuda(1)] = 10, [ModelDevice.Cpu] = 100 },
            time => new[] { Gpu, ModelDevice.Cuda(1), ModelDevice.Cpu }.ToDictionary(device => device, device => new FakeDevice(time, new Random(1)) { Capacity = device == Gpu ? 2 : 100 }));
        var (model, _) = Add(two, "a", 6, definition => definition with { Fallback = ModelFallback.HalfPrecision });

        using var lease = two.Acquire(model);

        lease.Device.ShouldBe(ModelDevice.Cuda(1));
        lease.Precision.ShouldBe(ModelPrecision.AsStored);
    }

    [Fact]
    public void A_model_that_was_closed_for_another_and_is_unloaded_goes_although_the_other_gives_up()
    {
        var (model, _) = Add("held", 8);
        var lease = simulation.Acquire(model);
        using var cancel = new CancellationTokenSource();
        _ = Add("late", 6).Model.AcquireAsync(cancel.Token).AsTask();
        simulation.Advance(TimeSpan.FromSeconds(16));

        var unload = simulation.Scheduler.UnloadAsync(model, default);
        cancel.Cancel();
        lease.Dispose();
        simulation.RunUntil(unload);

        unload.IsCompletedSuccessfully.ShouldBeTrue();
        model.State.ShouldBe(ModelState.Unloaded);
    }

    [Fact]
    public void A_load_ahead_that_fails_is_not_tried_again_by_itself()
    {
        var eager = NewSimulation(new ModelSchedulingOptions { Preload = true });
        var (detect, _) = Add(eager, "detect", 3);
        var (recognize, loader) = Add(eager, "recognize", 3);
        for (var i = 0; i < 4; i++)
        {
            eager.Acquire(detect).Dispose();
            eager.Acquire(recognize).Dispose();
        }

        eager.RunUntil(eager.Scheduler.UnloadAsync(recognize, default));
        eager.Advance(TimeSpan.FromSeconds(1));
        eager.Devices[Gpu].Allocate(5);
        var before = loader.Loads;
        eager.Acquire(detect).Dispose();
        eager.Advance(TimeSpan.FromMinutes(1));

        loader.Loads.ShouldBe(before + 1);
        detect.State.ShouldBe(ModelState.Loaded);
    }

    [Fact]
    public void A_loader_whose_word_on_a_failure_fails_does_not_keep_those_who_wait()
    {
        var (model, _) = Add("a", 4, fails: () => throw new DivideByZeroException());

        Should.Throw<ModelLoadException>(() => simulation.Acquire(model)).InnerException.ShouldBeOfType<DivideByZeroException>();
    }

    [Fact]
    public void A_model_that_is_unloaded_goes_when_its_leases_end_and_comes_back_with_the_next_use()
    {
        var (model, loader) = Add("a", 4);
        var lease = simulation.Acquire(model);

        var unload = simulation.Scheduler.UnloadAsync(model, default);
        model.State.ShouldBe(ModelState.Draining);
        var next = model.AcquireAsync(default).AsTask();
        simulation.Advance(TimeSpan.FromSeconds(1));
        unload.IsCompleted.ShouldBeFalse();

        lease.Dispose();
        simulation.Advance(TimeSpan.FromSeconds(1));
        next.IsCompletedSuccessfully.ShouldBeTrue();
        loader.Loads.ShouldBe(2);
    }

    [Fact]
    public void What_others_hold_of_a_device_is_not_promised()
    {
        var memory = new FakeMemory { Reading = new DeviceMemoryReading(10, 6, 0) };
        var shared = NewSimulation(new ModelSchedulingOptions(), memory);
        var (model, loader) = Add(shared, "a", 8);
        var waiting = model.AcquireAsync(default).AsTask();
        shared.Advance(TimeSpan.FromSeconds(5));
        waiting.IsCompleted.ShouldBeFalse();
        loader.Loads.ShouldBe(0);

        memory.Reading = new DeviceMemoryReading(10, 0, 0);
        shared.Advance(TimeSpan.FromSeconds(5));

        waiting.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void What_mostly_follows_is_loaded_ahead_into_room_that_is_free()
    {
        var eager = NewSimulation(new ModelSchedulingOptions { Preload = true });
        var (detect, _) = Add(eager, "detect", 3);
        var (recognize, _) = Add(eager, "recognize", 3);
        for (var i = 0; i < 4; i++)
        {
            eager.Acquire(detect).Dispose();
            eager.Acquire(recognize).Dispose();
        }

        eager.RunUntil(eager.Scheduler.UnloadAsync(recognize, default));
        eager.Acquire(detect).Dispose();
        eager.Advance(TimeSpan.FromSeconds(1));

        recognize.State.ShouldBe(ModelState.Loaded);
    }

    [Fact]
    public void A_stop_refuses_who_waits_and_gives_all_memory_back()
    {
        var lease = simulation.Acquire(Add("held", 8).Model);
        var waiting = Add("late", 8).Model.AcquireAsync(default).AsTask();

        var stop = simulation.Scheduler.StopAsync(default);
        simulation.Advance(TimeSpan.FromSeconds(1));

        waiting.Exception!.InnerException.ShouldBeOfType<ObjectDisposedException>();
        stop.IsCompleted.ShouldBeFalse();
        lease.Dispose();
        simulation.Advance(TimeSpan.FromSeconds(1));
        simulation.Devices[Gpu].Used.ShouldBe(0);
    }

    private static SchedulerSimulation NewSimulation(ModelSchedulingOptions options, IDeviceMemory? memory = null) => new(
        options,
        new Dictionary<ModelDevice, long> { [Gpu] = 10, [ModelDevice.Cpu] = 100 },
        time => new Dictionary<ModelDevice, FakeDevice> { [Gpu] = new(time, new Random(1)) { Capacity = 10 }, [ModelDevice.Cpu] = new(time, new Random(1)) { Capacity = 100 } },
        memory);

    private (ModelSlot<FakeModel> Model, FakeLoader Loader) Add(
        string name, long bytes, Func<ModelDefinition, ModelDefinition>? change = null, TimeSpan? loadTime = null, long? actual = null, Func<bool>? fails = null) =>
        Add(simulation, name, bytes, change, loadTime, actual, fails);

    private static (ModelSlot<FakeModel> Model, FakeLoader Loader) Add(
        SchedulerSimulation simulation, string name, long bytes, Func<ModelDefinition, ModelDefinition>? change = null, TimeSpan? loadTime = null, long? actual = null, Func<bool>? fails = null)
    {
        var loader = new FakeLoader(simulation.Time, simulation.Devices) { Bytes = actual ?? bytes, LoadTime = loadTime ?? TimeSpan.FromMilliseconds(500), Fails = fails ?? (static () => false) };
        var definition = new ModelDefinition(name) { EstimatedBytes = bytes };
        return (simulation.Add(change?.Invoke(definition) ?? definition, loader), loader);
    }

    private sealed class FakeMemory : IDeviceMemory
    {
        public IReadOnlyList<ModelDevice> Devices => [Gpu];

        public DeviceMemoryReading? Reading { get; set; }

        public DeviceMemoryReading? Read(ModelDevice device) => device == Gpu ? Reading : null;
    }
}
