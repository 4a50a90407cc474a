using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.StandIn;

namespace AgentLift.Generators.Tests.Behaviour.Models;

/// <summary>The stand-in has the traps that the loaders must not fall into: each is fallen into here.</summary>
[Collection(Devices.Name)]
public sealed class StandInTests : IDisposable
{
    private readonly string file = ModelFile.Write(Path.GetTempFileName(), ("weight", torch.ScalarType.Float32, 1_000));

    public StandInTests() => FakeTorch.Reset();

    public void Dispose()
    {
        FakeTorch.Reset();
        File.Delete(file);
    }

    [Fact]
    public void To_move_a_TorchScript_module_without_room_ends_the_process()
    {
        DeviceMemory.SetCapacity("cuda:0", 3_999);
        var model = torch.jit.load(file);

        Should.Throw<ProcessEndedException>(() => model.to(DeviceType.CUDA, 0));

        DeviceMemory.FatalFaults.Count.ShouldBe(1);
    }

    [Fact]
    public void To_move_a_module_without_room_ends_the_process_in_old_versions_alone()
    {
        DeviceMemory.SetCapacity("cuda:0", 3_999);

        Should.Throw<ExternalException>(() => new Detector(1_000).to(DeviceType.CUDA, 0));
        FakeTorch.Version = TorchVersion.V0_99;
        Should.Throw<ProcessEndedException>(() => new Detector(1_000).to(DeviceType.CUDA, 0));
    }

    [Fact]
    public void A_module_that_was_loaded_onto_a_device_does_not_know_it()
    {
        var model = torch.jit.load(file, DeviceType.CUDA, 0);

        model.to(DeviceType.CPU);

        model.parameters().ShouldHaveSingleItem().device.type.ShouldBe(DeviceType.CUDA);
    }

    [Fact]
    public void A_scope_takes_the_parameters_of_a_module_in_old_versions()
    {
        FakeTorch.Version = TorchVersion.V0_99;
        torch.jit.ScriptModule model;
        using (torch.NewDisposeScope())
            model = torch.jit.load(file);

        model.parameters().ShouldHaveSingleItem().IsInvalid.ShouldBeTrue();
    }

    [Fact]
    public void Parameters_are_not_emptied_while_gradients_are_recorded()
    {
        var weight = torch.jit.load(file).parameters().Single();

        Should.Throw<ExternalException>(() => weight.set_(torch.empty(0L)));
    }

    [Fact]
    public void A_converted_module_that_is_disposed_of_keeps_its_weights_in_old_versions()
    {
        FakeTorch.Version = TorchVersion.V0_99;
        var model = new Detector(1_000).to(torch.ScalarType.Float16);
        var before = DeviceMemory.Allocated("cpu");

        model.Dispose();

        DeviceMemory.Allocated("cpu").ShouldBe(before);
    }
}
