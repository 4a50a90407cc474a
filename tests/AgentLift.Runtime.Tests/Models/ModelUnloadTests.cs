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
}
