using AgentLift.Generated;
using AgentLift.Runtime;
using TorchSharp.StandIn;

namespace AgentLift.Generators.Tests.Behaviour.Models;

public class UnloadTests : LoaderTest
{
    [Theory]
    [InlineData(TorchVersion.V0_99, ModelPrecision.AsStored)]
    [InlineData(TorchVersion.V0_99, ModelPrecision.Half)]
    [InlineData(TorchVersion.V0_107, ModelPrecision.AsStored)]
    [InlineData(TorchVersion.V0_107, ModelPrecision.Half)]
    public async Task The_memory_of_a_TorchScript_module_is_given_back(TorchVersion version, ModelPrecision precision)
    {
        FakeTorch.Version = version;
        for (var round = 0; round < 3; round++)
        {
            var loaded = await Script.LoadAsync(Request(ScriptFile(), precision: precision), default);
            DeviceMemory.Allocated("cuda:0").ShouldBe(loaded.Bytes);

            await Script.UnloadAsync(loaded.Model);

            DeviceMemory.Allocated("cuda:0").ShouldBe(0);
            DeviceMemory.Allocated("cpu").ShouldBe(0);
            loaded.Model.IsDisposed.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(TorchVersion.V0_99, ModelPrecision.AsStored)]
    [InlineData(TorchVersion.V0_99, ModelPrecision.Half)]
    [InlineData(TorchVersion.V0_107, ModelPrecision.AsStored)]
    [InlineData(TorchVersion.V0_107, ModelPrecision.Half)]
    public async Task The_memory_of_a_module_is_given_back(TorchVersion version, ModelPrecision precision)
    {
        FakeTorch.Version = version;
        var loader = TorchSharpLoaders.Module(() => new Detector(1_000));

        var loaded = await loader.LoadAsync(Request(WeightsFile(), precision: precision), default);
        await loader.UnloadAsync(loaded.Model);

        DeviceMemory.Allocated("cuda:0").ShouldBe(0);
        loaded.Model.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_module_that_is_only_disposed_of_would_keep_its_weights()
    {
        var loaded = await Script.LoadAsync(Request(ScriptFile()), default);

        loaded.Model.Dispose();

        DeviceMemory.Allocated("cuda:0").ShouldBe(StoredBytes); // Why the loader empties them first.
    }
}
