using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>What is done where a device has no memory although its budget has.</summary>
public class ModelOutOfMemoryTests
{
    private readonly SmallMachine machine = new();

    [Fact]
    public void Without_memory_idle_models_go_first_then_half_precision_is_tried_then_the_cpu()
    {
        var (idle, _) = machine.Add("idle", 1);
        machine.Acquire(idle).Dispose();

        // The device is smaller than its budget says: 10 bytes never fit, nor do 5.
        machine.Devices[SmallMachine.Gpu].Allocate(7);
        var (model, loader) = machine.Add("a", 8, definition => definition with { Fallback = ModelFallback.HalfPrecision | ModelFallback.Cpu });

        using var lease = machine.Acquire(model);

        lease.Device.ShouldBe(ModelDevice.Cpu);
        lease.Precision.ShouldBe(ModelPrecision.AsStored);
        idle.State.ShouldBe(ModelState.Unloaded);
        var told = machine.Events.Lines.Where(line => line.Contains("out of memory", StringComparison.Ordinal)).ToList();
        told[0].ShouldBe("a out of memory on cuda:0: Evict");
        told.Where(line => line.EndsWith("Fallback", StringComparison.Ordinal)).Count().ShouldBe(2);
        loader.Loads.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void Without_memory_half_precision_is_enough_where_it_fits()
    {
        machine.Devices[SmallMachine.Gpu].Allocate(6);
        var (model, _) = machine.Add("a", 8, definition => definition with { Fallback = ModelFallback.HalfPrecision | ModelFallback.Cpu });

        using var lease = machine.Acquire(model);

        lease.Device.ShouldBe(SmallMachine.Gpu);
        lease.Precision.ShouldBe(ModelPrecision.Half);
    }

    [Fact]
    public void Without_memory_and_without_a_fallback_the_load_fails_and_the_next_use_tries_again()
    {
        machine.Devices[SmallMachine.Gpu].Allocate(6);
        var (model, _) = machine.Add("a", 8);

        var failure = Should.Throw<ModelLoadException>(() => machine.Acquire(model));
        failure.Kind.ShouldBe(ModelFailureKind.OutOfMemory);
        model.State.ShouldBe(ModelState.Failed);

        machine.Devices[SmallMachine.Gpu].Free(6);
        machine.Advance(TimeSpan.FromSeconds(1));
        machine.Acquire(model).Dispose();
        model.State.ShouldBe(ModelState.Loaded);
    }

    [Fact]
    public void A_device_without_memory_is_left_for_another_before_a_fallback()
    {
        var two = new SchedulerSimulation(
            new ModelSchedulingOptions(),
            new Dictionary<ModelDevice, long> { [SmallMachine.Gpu] = 10, [ModelDevice.Cuda(1)] = 10, [ModelDevice.Cpu] = 100 },
            time => new[] { SmallMachine.Gpu, ModelDevice.Cuda(1), ModelDevice.Cpu }.ToDictionary(device => device, device => new FakeDevice(time, new Random(1)) { Capacity = device == SmallMachine.Gpu ? 2 : 100 }));
        var (model, _) = two.Add("a", 6, definition => definition with { Fallback = ModelFallback.HalfPrecision });

        using var lease = two.Acquire(model);

        lease.Device.ShouldBe(ModelDevice.Cuda(1));
        lease.Precision.ShouldBe(ModelPrecision.AsStored);
    }

    [Fact]
    public void A_load_that_waits_for_others_is_tried_again_when_an_idle_model_is_no_longer_left_alone()
    {
        var patient = new SmallMachine(new ModelSchedulingOptions { ResidencyFactor = 1 });
        var (idle, _) = patient.Add("idle", 4, loadTime: TimeSpan.FromSeconds(60));
        patient.Devices[SmallMachine.Gpu].Allocate(3);
        patient.Acquire(idle).Dispose();

        // The budget has room beside the idle model, and the device has not.
        var waiting = patient.Add("a", 4).Model.AcquireAsync(default).AsTask();
        patient.Advance(TimeSpan.FromSeconds(14));
        idle.State.ShouldBe(ModelState.Loaded);
        patient.Advance(TimeSpan.FromSeconds(10));

        waiting.IsCompletedSuccessfully.ShouldBeTrue();
        idle.State.ShouldBe(ModelState.Unloaded);
    }

    [Fact]
    public void What_a_failed_load_could_not_give_back_counts_as_taken_and_does_not_hide_why_it_failed()
    {
        var inner = new FakeLoader(machine.Time, machine.Devices) { Bytes = 4, LoadTime = TimeSpan.FromSeconds(1), ReleaseFails = true };
        var definition = new ModelDefinition("a") { EstimatedBytes = 4, Fallback = ModelFallback.Cpu };
        var model = machine.Add(definition, new WarmingLoader<FakeModel>(inner, (_, request) =>
        {
            if (request.Device == SmallMachine.Gpu)
                throw new InsufficientMemoryException("CUDA out of memory.");
        }));

        using var lease = machine.Acquire(model);

        lease.Device.ShouldBe(ModelDevice.Cpu);
        machine.Events.Lines.ShouldContain("4 bytes of a on cuda:0 not released: a is stuck.");
        machine.Events.Lines.ShouldContain("a out of memory on cuda:0: Fallback");
        var ledger = machine.Scheduler.Ledgers[0];
        ledger.Free.ShouldBe(10 - machine.Devices[SmallMachine.Gpu].Used);
        ledger.Held.ShouldBe(0);
    }
}
