using System.Runtime.InteropServices;
using AgentLift.Generated;
using AgentLift.Runtime;
using TorchSharp;
using TorchSharp.StandIn;

namespace AgentLift.Generators.Tests.Behaviour.Models;

public class ModuleLoadTests : LoaderTest
{
    private static IModelLoader<Detector> Loader { get; } = TorchSharpLoaders.Module(() => new Detector(1_000));

    [Theory]
    [InlineData(ModelPrecision.AsStored, 4_000)]
    [InlineData(ModelPrecision.Half, 2_000)]
    public async Task A_module_gets_its_weights_in_the_host_and_goes_to_its_device(ModelPrecision precision, long bytes)
    {
        var loaded = await Loader.LoadAsync(Request(WeightsFile(), precision: precision), default);

        loaded.Bytes.ShouldBe(bytes);
        DeviceMemory.Allocated("cuda:0").ShouldBe(bytes);
        loaded.Model.training.ShouldBeFalse();
        loaded.Model.parameters().ShouldHaveSingleItem().device.type.ShouldBe(DeviceType.CUDA);
    }

    [Fact]
    public async Task A_module_without_a_file_keeps_the_weights_that_it_was_made_with()
    {
        var loaded = await Loader.LoadAsync(Request(null, "cpu"), default);

        loaded.Bytes.ShouldBe(4_000);
    }

    [Theory]
    [InlineData(TorchVersion.V0_99)]
    [InlineData(TorchVersion.V0_107)]
    public async Task A_device_without_room_fails_the_load_and_nothing_is_kept(TorchVersion version)
    {
        FakeTorch.Version = version;
        DeviceMemory.SetCapacity("cuda:0", 3_999);

        var failure = await Should.ThrowAsync<ExternalException>(async () => await Loader.LoadAsync(Request(WeightsFile()), default));

        Loader.Classify(failure).ShouldBe(ModelFailureKind.OutOfMemory);
        DeviceMemory.Allocated("cuda:0").ShouldBe(0);
    }

    [Fact]
    public async Task Weights_of_another_module_fail_the_load_and_nothing_is_kept()
    {
        var before = DeviceMemory.Allocated("cpu");

        var failure = await Should.ThrowAsync<ArgumentException>(async () => await Loader.LoadAsync(Request(WeightsFile(elements: 7)), default));

        failure.Message.ShouldBe("Mismatched module state names");
        Loader.Classify(failure).ShouldBe(ModelFailureKind.Other);
        DeviceMemory.Allocated("cpu").ShouldBe(before);
    }
}
