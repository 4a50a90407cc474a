using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>Who waits for room, for how long, and what is promised to him meanwhile.</summary>
public class ModelQueueTests
{
    private readonly SmallMachine machine = new();

    [Fact]
    public void Who_waits_too_long_for_room_is_told_who_has_it()
    {
        using var held = machine.Acquire(machine.Add("held", 8).Model);
        var waiting = machine.Add("late", 8).Model.AcquireAsync(default).AsTask();

        machine.Advance(TimeSpan.FromSeconds(31));

        waiting.Exception!.InnerException!.Message.ShouldBe(
            "Model late of Models could not be loaded: there was no room within 00:00:30; it takes 8 bytes, and of 10 bytes of cuda:0, in use are held (8), and 8 are promised to loads");
        machine.Scheduler.Ledgers[0].Reserved.ShouldBe(0);
    }

    [Fact]
    public void Promises_made_out_of_room_that_does_not_come_are_taken_back()
    {
        using var held = machine.Acquire(machine.Add("held", 8).Model);
        using var cancel = new CancellationTokenSource();
        _ = machine.Add("starving", 3).Model.AcquireAsync(cancel.Token).AsTask();
        machine.Advance(TimeSpan.FromSeconds(16));

        // The model in use is to go; what it leaves is promised to another as well.
        var other = machine.Add("other", 6).Model.AcquireAsync(default).AsTask();
        machine.Scheduler.Ledgers[0].Reserved.ShouldBe(9);
        cancel.Cancel();

        machine.Scheduler.Ledgers[0].Reserved.ShouldBe(0);
        machine.Scheduler.Ledgers[0].Free.ShouldBe(2);
        held.Dispose();
        machine.Advance(TimeSpan.FromSeconds(1));
        other.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void Who_waits_for_half_of_his_time_closes_what_is_always_in_use()
    {
        var (busy, _) = machine.Add("busy", 8);
        var lease = machine.Acquire(busy);
        var waiting = machine.Add("starving", 8).Model.AcquireAsync(default).AsTask();

        // Somebody new has it each time before the last lets go.
        for (var i = 0; i < 20 && !waiting.IsCompleted; i++)
        {
            machine.Advance(TimeSpan.FromSeconds(1));
            var next = busy.AcquireAsync(default).AsTask();
            lease.Dispose();
            if (!busy.TryAcquire(out lease))
                break;
            machine.RunUntil(next.ContinueWith(given => given.Result.Dispose(), TaskContinuationOptions.ExecuteSynchronously));
        }

        machine.Advance(TimeSpan.FromSeconds(1));
        waiting.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void A_small_model_passes_a_large_one_that_waits_for_room()
    {
        using var held = machine.Acquire(machine.Add("held", 6).Model);
        var large = machine.Add("large", 8).Model.AcquireAsync(default).AsTask();

        machine.Acquire(machine.Add("small", 3).Model).Dispose();

        large.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void A_model_that_was_closed_for_another_and_is_unloaded_goes_although_the_other_gives_up()
    {
        var (model, _) = machine.Add("held", 8);
        var lease = machine.Acquire(model);
        using var cancel = new CancellationTokenSource();
        _ = machine.Add("late", 6).Model.AcquireAsync(cancel.Token).AsTask();
        machine.Advance(TimeSpan.FromSeconds(16));

        var unload = machine.Scheduler.UnloadAsync(model, default);
        cancel.Cancel();
        lease.Dispose();
        machine.RunUntil(unload);

        unload.IsCompletedSuccessfully.ShouldBeTrue();
        model.State.ShouldBe(ModelState.Unloaded);
    }
}
