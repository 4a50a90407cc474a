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

    [Fact]
    public void A_fall_back_for_want_of_budget_is_told()
    {
        var (model, loader) = machine.Add("a", 30, definition => definition with { Fallback = ModelFallback.HalfPrecision | ModelFallback.Cpu });

        using var lease = machine.Acquire(model);

        lease.Device.ShouldBe(ModelDevice.Cpu);
        loader.Loads.ShouldBe(1);
        machine.Events.Lines.ShouldBe(
        [
            "a of 30 has no room on cuda:0: HalfPrecision",
            "a of 15 has no room on cuda:0: Cpu",
            "a loaded on cpu AsStored",
        ]);
    }

    [Fact]
    public void A_fall_back_because_others_hold_the_memory_is_told()
    {
        var shared = new SmallMachine(memory: new FakeMemory { Reading = new DeviceMemoryReading(10, 6, 0) });
        var (model, _) = shared.Add("a", 8, definition => definition with { Fallback = ModelFallback.Cpu });

        using var lease = shared.Acquire(model);

        shared.Events.Lines.ShouldBe(["a of 8 has no room on cuda:0: Cpu", "a loaded on cpu AsStored"]);
    }

    [Fact]
    public void A_refusal_is_told()
    {
        var (model, _) = machine.Add("huge", 11);

        Should.Throw<ModelLoadException>(() => machine.Acquire(model));

        machine.Events.Lines.ShouldBe(["huge refused: Model huge of Models could not be loaded: it takes 11 bytes, and models may take 10 bytes of cuda:0"]);
    }

    [Fact]
    public void What_others_gave_back_since_a_device_was_read_is_there_for_the_next()
    {
        var memory = new FakeMemory { Reading = new DeviceMemoryReading(10, 6, 0) };
        var shared = new SmallMachine(memory: memory);
        shared.Acquire(shared.Add("small", 3).Model).Dispose();
        shared.Scheduler.Ledgers[0].Limit.ShouldBe(4);

        memory.Reading = new DeviceMemoryReading(10, 3, 3);
        shared.Acquire(shared.Add("large", 7).Model).Dispose();

        shared.Scheduler.Ledgers[0].Limit.ShouldBe(10);
    }

    [Fact]
    public void Nobody_goes_for_a_model_that_has_no_room_beside_what_others_hold()
    {
        var memory = new FakeMemory { Reading = new DeviceMemoryReading(10, 4, 0) };
        var shared = new SmallMachine(memory: memory);
        var (resident, _) = shared.Add("resident", 6);
        shared.Acquire(resident).Dispose();
        memory.Reading = new DeviceMemoryReading(10, 10, 6);

        var waiting = shared.Add("large", 8).Model.AcquireAsync(default).AsTask();
        shared.Advance(TimeSpan.FromSeconds(10));
        waiting.IsCompleted.ShouldBeFalse();
        resident.State.ShouldBe(ModelState.Loaded);

        memory.Reading = new DeviceMemoryReading(10, 6, 6);
        shared.Advance(TimeSpan.FromSeconds(3));
        waiting.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void A_file_is_measured_when_somebody_asks_for_its_model()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var (model, _) = machine.Add("a", 4, definition => definition with { EstimatedBytes = null, Path = file });
        Should.Throw<ModelLoadException>(() => machine.Acquire(model)).Message.ShouldContain("its file is missing");

        try
        {
            File.WriteAllBytes(file, new byte[4]);
            machine.Acquire(model).Dispose();
        }
        finally
        {
            File.Delete(file);
        }

        model.State.ShouldBe(ModelState.Loaded);
    }
}
