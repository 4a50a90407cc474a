using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>New versions beside the old.</summary>
public class ModelReloadTests
{
    private readonly SmallMachine machine = new();

    [Fact]
    public void A_new_version_takes_over_once_it_is_loaded_and_the_old_goes_when_nobody_uses_it()
    {
        var (model, loader) = machine.Add("a", 4);
        var old = machine.Acquire(model);

        var reload = machine.Scheduler.LoadAsync(model, newVersion: true, default);
        machine.RunUntil(reload);
        using var current = machine.Acquire(model);

        reload.IsCompletedSuccessfully.ShouldBeTrue();
        loader.Loads.ShouldBe(2);
        current.Model.ShouldNotBe(old.Model);
        old.Model.IsReleased.ShouldBeFalse();
        var before = old.Model;
        old.Dispose();
        machine.RunDispatched();
        before.IsReleased.ShouldBeTrue();
    }

    [Fact]
    public void A_new_version_that_fails_leaves_the_old_in_use()
    {
        var fails = false;
        var (model, _) = machine.Add("a", 4, fails: () => fails);
        machine.Acquire(model).Dispose();
        fails = true;

        var reload = machine.Scheduler.LoadAsync(model, newVersion: true, default);
        machine.RunUntil(reload);

        reload.Exception!.InnerException.ShouldBeOfType<ModelLoadException>();
        model.State.ShouldBe(ModelState.Loaded);
        machine.Acquire(model).Dispose();
    }

    [Fact]
    public void A_new_version_that_has_no_room_beside_the_old_is_refused()
    {
        var (model, _) = machine.Add("a", 6);
        machine.Acquire(model).Dispose();

        var reload = machine.Scheduler.LoadAsync(model, newVersion: true, default);
        machine.RunUntil(reload);

        reload.Exception!.InnerException!.Message.ShouldContain("6 of which belong to pinned models or to its version in use");
        model.State.ShouldBe(ModelState.Loaded);
    }

    [Fact]
    public void A_new_version_without_room_does_not_fall_back()
    {
        var (model, loader) = machine.Add("a", 6, definition => definition with { Fallback = ModelFallback.Cpu });
        machine.Acquire(model).Dispose();

        var reload = machine.Scheduler.LoadAsync(model, newVersion: true, default);
        machine.RunUntil(reload);

        reload.IsFaulted.ShouldBeTrue();
        loader.LastDevice.ShouldBe(SmallMachine.Gpu);
        model.Current!.Device.ShouldBe(SmallMachine.Gpu);
    }

    [Fact]
    public void A_new_version_asked_for_while_another_is_loaded_is_loaded_after_it()
    {
        var (model, loader) = machine.Add("a", 3);
        machine.Acquire(model).Dispose();
        var first = machine.Scheduler.LoadAsync(model, newVersion: true, default);
        machine.Advance(TimeSpan.FromMilliseconds(100));

        var second = machine.Scheduler.LoadAsync(model, newVersion: true, default);
        machine.RunUntil(first);
        second.IsCompleted.ShouldBeFalse();
        machine.RunUntil(second);

        loader.Loads.ShouldBe(3);
    }
}
