using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>What the bytes of a device allow.</summary>
public class ModelBudgetTests
{
    private readonly SmallMachine machine = new();

    [Fact]
    public void A_model_larger_than_it_said_makes_others_go_and_is_known_from_then_on()
    {
        var (small, _) = machine.Add("small", 4);
        var (other, _) = machine.Add("other", 2);
        machine.Acquire(small).Dispose();
        machine.Acquire(other).Dispose();
        var (liar, _) = machine.Add("liar", 4, actual: 5);

        using var lease = machine.Acquire(liar);
        machine.Advance(TimeSpan.FromSeconds(10));

        var ledger = machine.Scheduler.Ledgers[0];
        ledger.Held.ShouldBeLessThanOrEqualTo(ledger.Limit);
        machine.Scheduler.StatusOf("Models", "liar", liar).Bytes.ShouldBe(5);
        liar.Size.In(ModelPrecision.AsStored).ShouldBe(5);
    }

    [Fact]
    public void A_model_that_never_fits_is_refused_at_once_and_says_why()
    {
        var (model, loader) = machine.Add("huge", 11);

        var refused = Should.Throw<ModelLoadException>(() => machine.Acquire(model));

        refused.Message.ShouldBe("Model huge of Models could not be loaded: it takes 11 bytes, and models may take 10 bytes of cuda:0");
        loader.Loads.ShouldBe(0);
    }

    [Fact]
    public void What_others_hold_of_a_device_is_not_promised()
    {
        var memory = new FakeMemory { Reading = new DeviceMemoryReading(10, 6, 0) };
        var shared = new SmallMachine(new ModelSchedulingOptions(), memory);
        var (model, loader) = shared.Add("a", 8);
        var waiting = model.AcquireAsync(default).AsTask();
        shared.Advance(TimeSpan.FromSeconds(5));
        waiting.IsCompleted.ShouldBeFalse();
        loader.Loads.ShouldBe(0);

        memory.Reading = new DeviceMemoryReading(10, 0, 0);
        shared.Advance(TimeSpan.FromSeconds(5));

        waiting.IsCompletedSuccessfully.ShouldBeTrue();
    }
}
