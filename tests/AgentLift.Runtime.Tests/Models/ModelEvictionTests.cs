using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>Which models stay on a device, and which go.</summary>
public class ModelEvictionTests
{
    private readonly SmallMachine machine = new();

    [Fact]
    public void A_model_in_use_is_not_evicted_and_who_needs_its_room_waits_for_it()
    {
        var (big, _) = machine.Add("big", 8);
        var (other, _) = machine.Add("other", 8);
        var lease = machine.Acquire(big);

        var waiting = other.AcquireAsync(default).AsTask();
        machine.Advance(TimeSpan.FromSeconds(10));
        waiting.IsCompleted.ShouldBeFalse();
        big.State.ShouldBe(ModelState.Loaded);

        lease.Dispose();
        machine.Advance(TimeSpan.FromSeconds(1));
        waiting.IsCompletedSuccessfully.ShouldBeTrue();
        big.State.ShouldBe(ModelState.Unloaded);
    }

    [Fact]
    public void A_pinned_model_is_not_evicted()
    {
        var (pinned, _) = machine.Add("pinned", 6, definition => definition with { Pinned = true });
        var (other, _) = machine.Add("other", 4);
        machine.Acquire(pinned).Dispose();
        machine.Acquire(other).Dispose();

        var (third, _) = machine.Add("third", 4);
        machine.Acquire(third).Dispose();

        pinned.State.ShouldBe(ModelState.Loaded);
        other.State.ShouldBe(ModelState.Unloaded);
    }

    [Fact]
    public void What_matters_more_stays()
    {
        var (urgent, _) = machine.Add("urgent", 5, definition => definition with { Priority = 9 });
        var (casual, _) = machine.Add("casual", 5, definition => definition with { Priority = 1 });
        machine.Acquire(casual).Dispose();
        machine.Acquire(urgent).Dispose();
        machine.Acquire(casual).Dispose();

        machine.Acquire(machine.Add("new", 5).Model).Dispose();

        urgent.State.ShouldBe(ModelState.Loaded);
        casual.State.ShouldBe(ModelState.Unloaded);
    }

    [Fact]
    public void What_is_slow_to_load_stays()
    {
        var (slow, _) = machine.Add("slow", 5, loadTime: TimeSpan.FromSeconds(60));
        var (quick, _) = machine.Add("quick", 5, loadTime: TimeSpan.FromSeconds(1));
        machine.Acquire(slow).Dispose();
        machine.Acquire(quick).Dispose();

        machine.Acquire(machine.Add("new", 5).Model).Dispose();

        slow.State.ShouldBe(ModelState.Loaded);
        quick.State.ShouldBe(ModelState.Unloaded);
    }

    [Fact]
    public void A_model_goes_when_nobody_has_used_it_for_its_keep_alive()
    {
        var (model, _) = machine.Add("a", 4, definition => definition with { KeepAlive = TimeSpan.FromSeconds(300) });
        var lease = machine.Acquire(model);
        machine.Advance(TimeSpan.FromSeconds(1_000));
        model.State.ShouldBe(ModelState.Loaded);
        lease.Dispose();

        machine.Advance(TimeSpan.FromSeconds(299));
        model.State.ShouldBe(ModelState.Loaded);
        machine.Advance(TimeSpan.FromSeconds(2));

        model.State.ShouldBe(ModelState.Unloaded);
        machine.Devices[SmallMachine.Gpu].Used.ShouldBe(0);
    }

    [Fact]
    public void Two_models_that_take_turns_are_each_left_alone_for_as_long_as_their_load_took()
    {
        var patient = new SmallMachine(new ModelSchedulingOptions { ResidencyFactor = 1, QueueTimeout = TimeSpan.FromMinutes(10) });
        var (one, _) = patient.Add("one", 8, loadTime: TimeSpan.FromSeconds(20));
        var (two, _) = patient.Add("two", 8, loadTime: TimeSpan.FromSeconds(20));
        patient.Acquire(one).Dispose();

        var other = two.AcquireAsync(default).AsTask();
        patient.Advance(TimeSpan.FromSeconds(19));
        one.State.ShouldBe(ModelState.Loaded);
        patient.Advance(TimeSpan.FromSeconds(22));

        other.IsCompletedSuccessfully.ShouldBeTrue();
    }
}
