using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>Models that somebody asks to go.</summary>
public class ModelUnloadTests
{
    private readonly SmallMachine machine = new();

    [Fact]
    public void A_model_that_is_unloaded_goes_when_its_leases_end_and_comes_back_with_the_next_use()
    {
        var (model, loader) = machine.Add("a", 4);
        var lease = machine.Acquire(model);

        var unload = machine.Scheduler.UnloadAsync(model, default);
        model.State.ShouldBe(ModelState.Draining);
        var next = model.AcquireAsync(default).AsTask();
        machine.Advance(TimeSpan.FromSeconds(1));
        unload.IsCompleted.ShouldBeFalse();

        lease.Dispose();
        machine.Advance(TimeSpan.FromSeconds(1));
        next.IsCompletedSuccessfully.ShouldBeTrue();
        loader.Loads.ShouldBe(2);
    }

    [Fact]
    public void It_is_told_once_its_memory_has_been_given_back()
    {
        var (model, loader) = machine.Add("a", 4);
        machine.Acquire(model).Dispose();
        var lease = machine.Acquire(model);

        var unload = machine.Scheduler.UnloadAsync(model, default);
        machine.Events.Lines.ShouldNotContain("a left: Unload");
        lease.Dispose();
        machine.Events.Lines.ShouldNotContain("a left: Unload");
        machine.RunUntil(unload);

        machine.Events.Lines[^1].ShouldBe("a left: Unload");
        loader.Misuse.ShouldBeNull();
    }

    [Fact]
    public void A_model_that_cannot_be_released_fails_who_asked_and_takes_its_bytes_from_the_device_for_good()
    {
        var memory = new FakeMemory();
        var lossy = new SmallMachine(memory: memory);
        var (model, loader) = lossy.Add("a", 4);
        lossy.Acquire(model).Dispose();
        loader.ReleaseFails = true;

        var unload = lossy.Scheduler.UnloadAsync(model, default);
        lossy.RunUntil(unload);

        unload.Exception!.InnerException.ShouldBeOfType<ModelReleaseException>().Message.ShouldBe("Model a of Models could not be released: IOException: a is stuck.");
        lossy.Events.Lines[^1].ShouldBe("4 bytes of a on cuda:0 not released: a is stuck.");
        lossy.Events.Evictions.ShouldBe(0);
        var ledger = lossy.Scheduler.Ledgers[0];
        (ledger.Budget, ledger.Limit, ledger.Held).ShouldBe((6, 6, 0));

        // Two bytes of others, and the four that are lost, are not there for models, whether the driver tells whose they are or not.
        ledger.Observe(new DeviceMemoryReading(10, 6, 4));
        ledger.Limit.ShouldBe(4);
        ledger.Observe(new DeviceMemoryReading(10, 6, null));
        ledger.Limit.ShouldBe(4);
    }

    [Fact]
    public void Who_was_promised_the_room_of_a_model_that_cannot_be_released_waits_again()
    {
        var (stuck, loader) = machine.Add("stuck", 6);
        var (other, _) = machine.Add("other", 4);
        machine.Acquire(other).Dispose();
        machine.Acquire(stuck).Dispose();
        machine.Acquire(other).Dispose();
        machine.Acquire(other).Dispose();
        loader.ReleaseFails = true;

        var waiting = machine.Add("late", 4).Model.AcquireAsync(default).AsTask();
        machine.RunUntil(waiting);

        waiting.IsCompletedSuccessfully.ShouldBeTrue();
        stuck.State.ShouldBe(ModelState.Unloaded);
        machine.Time.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        var ledger = machine.Scheduler.Ledgers[0];
        ledger.Free.ShouldBeGreaterThanOrEqualTo(0);
        ledger.Held.ShouldBeLessThanOrEqualTo(ledger.Limit);
    }

    [Fact]
    public void A_model_that_is_pinned_or_being_loaded_fails_the_task()
    {
        var (pinned, _) = machine.Add("pinned", 4, definition => definition with { Pinned = true });
        var (loading, _) = machine.Add("loading", 4);
        machine.Acquire(pinned).Dispose();
        _ = loading.AcquireAsync(default).AsTask();

        machine.Scheduler.UnloadAsync(pinned, default).Exception!.InnerException.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("is pinned");
        machine.Scheduler.UnloadAsync(loading, default).Exception!.InnerException.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("is being loaded");
    }
}
