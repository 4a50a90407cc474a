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
}
