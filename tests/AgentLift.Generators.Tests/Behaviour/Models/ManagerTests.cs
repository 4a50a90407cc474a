using AgentLift.Runtime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TorchSharp;
using TorchSharp.StandIn;

namespace AgentLift.Generators.Tests.Behaviour.Models;

/// <summary>A generated manager in a host, from the configuration to the memory of the device.</summary>
public class ManagerTests : LoaderTest
{
    [Fact]
    public async Task Models_are_loaded_on_first_use_run_without_gradients_and_make_room_for_each_other()
    {
        using var host = await StartAsync(budget: 10_000);
        var models = host.Services.GetRequiredService<VisionModels>();
        DeviceMemory.Allocated("cuda:0").ShouldBe(0);

        var answer = await models.ResNet50.RunAsync(model => model.call(torch.empty(1L)));
        answer.Dispose();
        FakeTorch.LastCallRecordedGradients.ShouldBeFalse();
        DeviceMemory.Allocated("cuda:0").ShouldBe(StoredBytes);

        using (var lease = await models.Segment.AcquireAsync())
            lease.Device.ShouldBe(ModelDevice.Cuda(0));

        models.ResNet50.State.ShouldBe(ModelState.Unloaded);
        DeviceMemory.Allocated("cuda:0").ShouldBe(StoredBytes);
        await host.StopAsync();
        DeviceMemory.Allocated("cuda:0").ShouldBe(0);
    }

    [Fact]
    public async Task A_device_with_less_memory_than_its_budget_gets_the_model_in_half_precision_and_then_the_host_gets_it()
    {
        using var host = await StartAsync(budget: 10_000, ("Models:Managers:VisionModels:segment:Fallback", "HalfPrecision, Cpu"), ("Models:Devices:1:Device", "cpu"), ("Models:Devices:1:BudgetBytes", "1000000"));
        var models = host.Services.GetRequiredService<VisionModels>();

        DeviceMemory.SetCapacity("cuda:0", StoredBytes - 1);
        using (var lease = await models.Segment.AcquireAsync())
        {
            lease.Precision.ShouldBe(ModelPrecision.Half);
            DeviceMemory.Allocated("cuda:0").ShouldBe(HalfBytes);
        }

        await models.UnloadAsync("segment");
        DeviceMemory.SetCapacity("cuda:0", HalfBytes - 1);
        using (var lease = await models.Segment.AcquireAsync())
            lease.Device.ShouldBe(ModelDevice.Cpu);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_new_version_of_a_file_takes_over_and_a_damaged_one_does_not()
    {
        using var host = await StartAsync(budget: 20_000);
        var models = host.Services.GetRequiredService<VisionModels>();
        torch.jit.ScriptModule<torch.Tensor, torch.Tensor> old;
        using (var lease = await models.Segment.AcquireAsync())
            old = lease.Model;

        await models.ReloadAsync("segment");
        using (var lease = await models.Segment.AcquireAsync())
            lease.Model.ShouldNotBeSameAs(old);

        await File.WriteAllTextAsync(PathOf("segment.pt"), "cut short");
        var failure = await Should.ThrowAsync<ModelLoadException>(() => models.ReloadAsync("segment"));
        failure.Message.ShouldStartWith("Model segment of VisionModels could not be loaded: ExternalException: PytorchStreamReader failed");
        models.Segment.State.ShouldBe(ModelState.Loaded);
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["models VisionModels"].Status.ShouldBe(HealthStatus.Degraded);
        await host.StopAsync();
        DeviceMemory.Allocated("cuda:0").ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_told_at_start()
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(budget: 10_000, ("Models:Managers:VisionModels:yolo:Path", PathOf("gone.pt"))));

        failure.Message.ShouldBe($"Model yolo of VisionModels is to be loaded from {PathOf("gone.pt")}, which does not exist; copy it there, or set Models:Managers:VisionModels:yolo:Path.");
    }

    private async Task<IHost> StartAsync(long budget, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Models:Devices:0:Device"] = "cuda:0",
            ["Models:Devices:0:BudgetBytes"] = $"{budget}",
            ["Models:Managers:VisionModels:resnet50:Path"] = ScriptFile("resnet50"),
            ["Models:Managers:VisionModels:resnet50:EstimatedBytes"] = $"{StoredBytes}",
            ["Models:Managers:VisionModels:segment:Path"] = ScriptFile("segment"),
            ["Models:Managers:VisionModels:segment:EstimatedBytes"] = $"{StoredBytes}",
            ["Models:Managers:VisionModels:yolo:Path"] = ScriptFile("yolo"),
            ["Models:Managers:VisionModels:detector:Path"] = WeightsFile(),
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddModelManager<VisionModels>();
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
