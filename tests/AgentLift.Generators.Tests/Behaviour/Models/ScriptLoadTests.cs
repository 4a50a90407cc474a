using System.Runtime.InteropServices;
using AgentLift.Generated;
using AgentLift.Runtime;
using TorchSharp;
using TorchSharp.StandIn;

namespace AgentLift.Generators.Tests.Behaviour.Models;

public class ScriptLoadTests : LoaderTest
{
    [Theory]
    [InlineData("cpu")]
    [InlineData("cuda:0")]
    public async Task A_model_is_loaded_where_it_is_to_lie_and_tells_its_bytes(string device)
    {
        var loaded = await Script.LoadAsync(Request(ScriptFile(), device), default);

        loaded.Bytes.ShouldBe(StoredBytes);
        DeviceMemory.Allocated(device).ShouldBe(StoredBytes);
        DeviceMemory.Allocated(device == "cpu" ? "cuda:0" : "cpu").ShouldBe(0);
        loaded.Model.training.ShouldBeFalse();
    }

    [Fact]
    public async Task A_model_knows_where_it_lies_so_that_it_can_be_moved_to_the_host()
    {
        var loaded = await Script.LoadAsync(Request(ScriptFile()), default);

        loaded.Model.to(DeviceType.CPU);

        loaded.Model.parameters().ShouldAllBe(parameter => parameter.device.type == DeviceType.CPU);
    }

    [Theory]
    [InlineData(ModelPrecision.Half, torch.ScalarType.Float16)]
    [InlineData(ModelPrecision.BFloat16, torch.ScalarType.BFloat16)]
    public async Task A_model_of_half_the_size_is_converted_before_it_goes_to_the_device(ModelPrecision precision, torch.ScalarType type)
    {
        DeviceMemory.SetCapacity("cuda:0", HalfBytes);

        var loaded = await Script.LoadAsync(Request(ScriptFile(), precision: precision), default);

        loaded.Bytes.ShouldBe(HalfBytes);
        loaded.Model.parameters().ShouldAllBe(parameter => parameter.dtype == type && parameter.device.type == DeviceType.CUDA);
        FakeTorch.Journal.Where(entry => entry.StartsWith("net ", StringComparison.Ordinal)).ShouldBe(["net load on cpu", $"net to {type}", "net move to cuda:0"]);
    }

    [Fact]
    public async Task Before_a_model_is_moved_its_room_is_probed_tensor_by_tensor()
    {
        await Script.LoadAsync(Request(ScriptFile(), precision: ModelPrecision.Half), default);

        FakeTorch.Journal.SkipWhile(entry => entry != "net to Float16").ShouldBe(
        [
            "net to Float16",
            "allocate 2000 on cuda:0",
            "allocate 1000 on cuda:0",
            "allocate 1000 on cuda:0",
            "allocate 20 on cuda:0",
            "net move to cuda:0",
        ]);
    }

    [Theory]
    [InlineData(ModelPrecision.AsStored, StoredBytes)]
    [InlineData(ModelPrecision.Half, HalfBytes)]
    public async Task A_device_without_room_fails_the_load_and_nothing_is_kept(ModelPrecision precision, long needed)
    {
        DeviceMemory.SetCapacity("cuda:0", needed - 1);

        var failure = await Should.ThrowAsync<ExternalException>(async () => await Script.LoadAsync(Request(ScriptFile(), precision: precision), default));

        Script.Classify(failure).ShouldBe(ModelFailureKind.OutOfMemory);
        DeviceMemory.Allocated("cuda:0").ShouldBe(0);
        DeviceMemory.Allocated("cpu").ShouldBe(0);
    }

    [Fact]
    public async Task A_host_without_room_to_convert_fails_the_load_and_nothing_is_kept()
    {
        DeviceMemory.SetCapacity("cpu", StoredBytes + 100);

        var failure = await Should.ThrowAsync<ExternalException>(async () => await Script.LoadAsync(Request(ScriptFile(), "cpu", ModelPrecision.Half), default));

        Script.Classify(failure).ShouldBe(ModelFailureKind.OutOfMemory);
        DeviceMemory.Allocated("cpu").ShouldBe(0);
    }

    [Fact]
    public async Task Loads_from_many_threads_take_no_room_from_each_other()
    {
        DeviceMemory.SetCapacity("cuda:0", 8 * HalfBytes);
        var files = Enumerable.Range(0, 8).Select(i => ScriptFile($"net{i}")).ToList();

        await Task.WhenAll(files.Select(file => Script.LoadAsync(Request(file, precision: ModelPrecision.Half), default).AsTask()));

        DeviceMemory.Allocated("cuda:0").ShouldBe(8 * HalfBytes);
    }

    [Theory]
    [InlineData(ModelPrecision.AsStored)]
    [InlineData(ModelPrecision.Half)]
    public async Task Nobody_takes_the_room_between_its_probe_and_the_move(ModelPrecision other)
    {
        DeviceMemory.SetCapacity("cuda:0", StoredBytes);
        var otherFile = ScriptFile("other");
        Task<LoadedModel<torch.jit.ScriptModule<torch.Tensor, torch.Tensor>>>? second = null;
        FakeTorch.NextMove = () =>
        {
            second = Script.LoadAsync(Request(otherFile, precision: other), default).AsTask();
            second.Wait(TimeSpan.FromMilliseconds(100)).ShouldBeFalse(); // It waits for the move, in which this runs.
        };

        var first = await Script.LoadAsync(Request(ScriptFile(), precision: ModelPrecision.Half), default);

        first.Bytes.ShouldBe(HalfBytes);
        if (other == ModelPrecision.Half)
            (await second!).Bytes.ShouldBe(HalfBytes);
        else
            Script.Classify(await Should.ThrowAsync<ExternalException>(async () => await second!)).ShouldBe(ModelFailureKind.OutOfMemory);
    }

    [Theory]
    [InlineData(TorchVersion.V0_99)]
    [InlineData(TorchVersion.V0_107)]
    public async Task A_model_is_loaded_outside_of_every_dispose_scope(TorchVersion version)
    {
        FakeTorch.Version = version;
        var model = LoadInScope();

        FakeTorch.ScopesAtLastLoad.ShouldBe(0);
        model.parameters().ShouldAllBe(parameter => !parameter.IsInvalid);
        await Script.UnloadAsync(model);
        DeviceMemory.Allocated("cuda:0").ShouldBe(0);
    }

    [Fact]
    public async Task A_load_that_is_cancelled_keeps_nothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(async () => await Script.LoadAsync(Request(ScriptFile()), new CancellationToken(canceled: true)));

        DeviceMemory.Allocated("cuda:0").ShouldBe(0);
    }

    [Fact]
    public async Task A_load_that_is_cancelled_while_it_reads_gives_back_what_it_has_read()
    {
        using var cancellation = new CancellationTokenSource();
        var loader = new TorchScriptLoader<torch.jit.ScriptModule>((path, device, index) =>
        {
            cancellation.Cancel();
            return torch.jit.load(path, device, index);
        });

        await Should.ThrowAsync<OperationCanceledException>(async () => await loader.LoadAsync(Request(ScriptFile()), cancellation.Token));

        DeviceMemory.Allocated("cuda:0").ShouldBe(0);
    }

    [Fact]
    public async Task Every_form_of_TorchScript_module_is_loaded()
    {
        var file = ScriptFile();

        (await TorchSharpLoaders.Script().LoadAsync(Request(file), default)).Bytes.ShouldBe(StoredBytes);
        (await TorchSharpLoaders.Script<torch.Tensor[]>().LoadAsync(Request(file), default)).Bytes.ShouldBe(StoredBytes);
        (await TorchSharpLoaders.Script<torch.Tensor, torch.Tensor, torch.Tensor>().LoadAsync(Request(file), default)).Bytes.ShouldBe(StoredBytes);
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_named()
    {
        DeviceMemory.CudaDevices = 0;
        (await Should.ThrowAsync<InvalidOperationException>(async () => await Script.LoadAsync(Request(ScriptFile()), default))).Message
            .ShouldBe("There is no cuda:0: CUDA is not available to this process; it needs a driver and a libtorch package for CUDA, or the model lies on cpu.");

        DeviceMemory.CudaDevices = 2;
        (await Should.ThrowAsync<InvalidOperationException>(async () => await Script.LoadAsync(Request(ScriptFile(), "cuda:2"), default))).Message
            .ShouldBe("There is no cuda:2: CUDA shows 2 devices to this process, counted from 0.");
    }

    [Fact]
    public async Task A_file_that_is_missing_or_broken_is_no_lack_of_memory()
    {
        await File.WriteAllTextAsync(PathOf("broken.pt"), "PK");

        var missing = await Should.ThrowAsync<FileNotFoundException>(async () => await Script.LoadAsync(Request(PathOf("nowhere.pt")), default));
        var broken = await Should.ThrowAsync<ExternalException>(async () => await Script.LoadAsync(Request(PathOf("broken.pt")), default));
        var none = await Should.ThrowAsync<InvalidOperationException>(async () => await Script.LoadAsync(Request(null), default));

        none.Message.ShouldBe("The model net of vision has no file; give it a Path.");
        new Exception[] { missing, broken, none }.ShouldAllBe(failure => Script.Classify(failure) == ModelFailureKind.Other);
    }

    private torch.jit.ScriptModule<torch.Tensor, torch.Tensor> LoadInScope()
    {
        using var scope = torch.NewDisposeScope();
        return Script.LoadAsync(Request(ScriptFile()), default).AsTask().GetAwaiter().GetResult().Model;
    }
}
