using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>Who gets a lease, and who does not.</summary>
public class ModelLeaseTests
{
    private readonly SmallMachine machine = new();

    [Fact]
    public void Who_asks_while_a_model_is_loaded_shares_the_load()
    {
        var (model, loader) = machine.Add("a", 4);

        var acquires = Enumerable.Range(0, 1_000).Select(_ => model.AcquireAsync(default).AsTask()).ToArray();
        machine.Advance(TimeSpan.FromSeconds(1));

        acquires.ShouldAllBe(acquire => acquire.IsCompletedSuccessfully);
        loader.Loads.ShouldBe(1);
        machine.Scheduler.StatusOf("Models", "a", model).Leases.ShouldBe(1_000);
    }

    [Fact]
    public void One_more_than_may_wait_is_refused()
    {
        var small = new SmallMachine(new ModelSchedulingOptions { QueueCapacity = 2 });
        var (model, _) = small.Add("a", 4);
        _ = model.AcquireAsync(default).AsTask();
        _ = model.AcquireAsync(default).AsTask();

        Should.Throw<ModelQueueFullException>(() => model.AcquireAsync(default).AsTask()).Message.ShouldContain("2 callers wait");
    }

    [Fact]
    public void A_lease_that_is_disposed_of_twice_ends_no_other()
    {
        var (model, _) = machine.Add("a", 8);
        var first = machine.Acquire(model);
        first.Dispose();
        using var second = machine.Acquire(model);

        first.Dispose();

        var waiting = machine.Add("b", 8).Model.AcquireAsync(default).AsTask();
        machine.Advance(TimeSpan.FromSeconds(5));
        waiting.IsCompleted.ShouldBeFalse();
        Should.Throw<ObjectDisposedException>(() => first.Model);
        second.Model.IsReleased.ShouldBeFalse();
    }

    [Fact]
    public void Who_gives_up_frees_the_room_that_was_promised()
    {
        using var held = machine.Acquire(machine.Add("held", 6).Model);
        using var cancel = new CancellationTokenSource();
        var waiting = machine.Add("late", 6).Model.AcquireAsync(cancel.Token).AsTask();
        machine.Advance(TimeSpan.FromSeconds(16));
        machine.Scheduler.Ledgers[0].Reserved.ShouldBe(6);

        cancel.Cancel();

        waiting.IsCanceled.ShouldBeTrue();
        machine.Scheduler.Ledgers[0].Reserved.ShouldBe(0);
        machine.Scheduler.Waiting.ShouldBe(0);
    }

    [Fact]
    public void Whatever_is_wrong_fails_the_task_and_nothing_is_thrown_at_once()
    {
        var full = new SmallMachine(new ModelSchedulingOptions { QueueCapacity = 1 });
        var (model, _) = full.Add("a", 4);
        _ = model.AcquireAsync(default).AsTask();
        model.AcquireAsync(default).AsTask().Exception!.InnerException.ShouldBeOfType<ModelQueueFullException>();
        full.Scheduler.LoadAsync(model, newVersion: false, default).Exception!.InnerException.ShouldBeOfType<ModelQueueFullException>();

        _ = full.Scheduler.StopAsync(default);
        model.AcquireAsync(default).AsTask().Exception!.InnerException.ShouldBeOfType<ObjectDisposedException>().Message.ShouldContain("Model a of Models was asked for while the process stops.");
        full.Scheduler.LoadAsync(model, newVersion: true, default).Exception!.InnerException.ShouldBeOfType<ObjectDisposedException>();
    }

    [Fact]
    public void The_end_of_a_lease_that_gives_nobody_room_looks_for_none()
    {
        var (small, _) = machine.Add("small", 1);
        using var held = machine.Acquire(machine.Add("held", 8).Model);
        machine.Acquire(small).Dispose();
        var large = machine.Add("large", 9).Model.AcquireAsync(default).AsTask();
        Use();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Use();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        large.IsCompleted.ShouldBeFalse();

        void Use()
        {
            small.TryAcquire(out var lease).ShouldBeTrue();
            lease.Dispose();
        }
    }

    [Fact]
    public void Leases_of_the_version_before_count_until_they_end()
    {
        var (model, _) = machine.Add("a", 4);
        var old = machine.Acquire(model);
        machine.RunUntil(machine.Scheduler.LoadAsync(model, newVersion: true, default));
        using var current = machine.Acquire(model);

        machine.Scheduler.StatusOf("Models", "a", model).Leases.ShouldBe(2);
        old.Dispose();
        machine.Scheduler.StatusOf("Models", "a", model).Leases.ShouldBe(1);
    }
}
