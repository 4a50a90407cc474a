using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>The end of a scheduler.</summary>
public class ModelStopTests
{
    private readonly SmallMachine machine = new();

    [Fact]
    public void A_stop_refuses_who_waits_and_gives_all_memory_back()
    {
        var lease = machine.Acquire(machine.Add("held", 8).Model);
        var waiting = machine.Add("late", 8).Model.AcquireAsync(default).AsTask();

        var stop = machine.Scheduler.StopAsync(default);
        machine.Advance(TimeSpan.FromSeconds(1));

        waiting.Exception!.InnerException.ShouldBeOfType<ObjectDisposedException>();
        stop.IsCompleted.ShouldBeFalse();
        lease.Dispose();
        machine.Advance(TimeSpan.FromSeconds(1));
        machine.Devices[SmallMachine.Gpu].Used.ShouldBe(0);
    }

    [Fact]
    public void A_stop_during_a_load_asks_it_to_stop_and_releases_what_it_delivers_all_the_same()
    {
        var (model, loader) = machine.Add("a", 4, loadTime: TimeSpan.FromSeconds(10));
        var waiting = model.AcquireAsync(default).AsTask();
        machine.Advance(TimeSpan.FromSeconds(5));

        var stop = machine.Scheduler.StopAsync(default);
        loader.Token.IsCancellationRequested.ShouldBeTrue();
        waiting.Exception!.InnerException.ShouldBeOfType<ObjectDisposedException>();
        stop.IsCompleted.ShouldBeFalse();
        machine.Advance(TimeSpan.FromSeconds(6));

        loader.Misuse.ShouldBeNull();
        machine.Devices[SmallMachine.Gpu].Used.ShouldBe(0);
        machine.Scheduler.Ledgers[0].Held.ShouldBe(0);
        machine.Scheduler.Residents.ShouldBeEmpty();
    }

    [Fact]
    public void A_stop_during_a_release_waits_for_it_and_releases_nothing_twice()
    {
        var loader = new FakeLoader(machine.Time, machine.Devices) { Bytes = 4, LoadTime = TimeSpan.FromSeconds(1), ReleaseTime = TimeSpan.FromSeconds(10) };
        var model = machine.Add(new ModelDefinition("a") { EstimatedBytes = 4 }, loader);
        machine.Acquire(model).Dispose();
        var unload = machine.Scheduler.UnloadAsync(model, default);
        machine.Advance(TimeSpan.FromSeconds(5));

        var stop = machine.Scheduler.StopAsync(default);
        stop.IsCompleted.ShouldBeFalse();
        machine.Advance(TimeSpan.FromSeconds(6));

        unload.IsCompletedSuccessfully.ShouldBeTrue();
        loader.Misuse.ShouldBeNull();
        machine.Scheduler.Ledgers[0].Held.ShouldBe(0);
        machine.Events.Lines[^1].ShouldBe("a left: Unload");
    }
}
