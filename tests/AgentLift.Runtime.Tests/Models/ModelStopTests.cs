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
}
