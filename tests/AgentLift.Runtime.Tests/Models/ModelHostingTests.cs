using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>Managers of models in a real host: what is told at start, what is loaded, what is given back.</summary>
public sealed class ModelHostingTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public ModelHostingTests() => File.WriteAllBytes(file, new byte[100]);

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task A_model_is_loaded_when_it_is_first_used_and_released_when_the_host_stops()
    {
        using var host = Build<DetectorModels>();
        await host.StartAsync();
        var models = host.Services.GetRequiredService<DetectorModels>();
        models.Detector.State.ShouldBe(ModelState.Unloaded);

        using (var lease = await models.Detector.AcquireAsync())
            lease.Run(model => model.Name).ShouldBe("detector");
        models.Loader.Loaded.ShouldBe(["detector"]);

        await host.StopAsync();
        models.Loader.Released.ShouldBe(["detector"]);
        await Should.ThrowAsync<ObjectDisposedException>(() => models.Detector.AcquireAsync().AsTask());
    }

    [Fact]
    public async Task Pinned_models_and_those_to_be_warm_are_loaded_once_the_host_has_started()
    {
        using var host = Build<DetectorModels>(("Models:Managers:DetectorModels:detector:Pinned", "true"), ("Models:Managers:DetectorModels:second:Warmup", "AfterReady"));
        await host.StartAsync();
        var models = host.Services.GetRequiredService<DetectorModels>();

        await models.Loader.WhenLoadedAsync(2);

        models.Loader.Loaded.ShouldBe(["detector", "second"], ignoreOrder: true);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("Models:Managers:DetectorModels:detector:Path", "gone.pt", "gone.pt, which does not exist; copy it there, or set Models:Managers:DetectorModels:detector:Path.")]
    [InlineData("Models:Managers:DetectorModels:detector:EstimatedBytes", "-1", "Models:Managers:DetectorModels:detector:EstimatedBytes is -1")]
    [InlineData("Models:Managers:DetectorModels:detector:Priority", "11", "Models:Managers:DetectorModels:detector:Priority is 11")]
    [InlineData("Models:Managers:DetectorModels:detector:Devices:0", "tpu:0", "tpu:0")]
    [InlineData("Models:Managers:DetectorModels:detector:Devices:0", "cuda:7", "cuda:7")]
    [InlineData("Models:Managers:DetectorModels:detector:EstimatedBytes", "5000", "Model detector of DetectorModels takes 5,000 bytes, and models may take 1,000 bytes of cuda:0")]
    [InlineData("Models:Managers:DetectorModels:detctor:Pinned", "true", "Models:Managers:DetectorModels:detctor is configured, but DetectorModels has no such model; it has detector, second.")]
    [InlineData("Models:Managers:Detectors:detector:Pinned", "true", "Models:Managers:Detectors is configured, but there is no such manager; there are DetectorModels.")]
    [InlineData("Models:QueueCapacity", "0", "Models:QueueCapacity is 0")]
    [InlineData("Models:Devices:1:Device", "cuda:1", "Nothing says how much memory cuda:1 has")]
    public async Task What_is_wrong_in_the_configuration_is_told_at_start(string key, string value, string told)
    {
        using var host = Build<DetectorModels>((key, value));

        var failure = await Should.ThrowAsync<Exception>(() => host.StartAsync());

        failure.Message.ShouldContain(told);
    }

    [Fact]
    public async Task Pinned_models_that_have_no_room_beside_each_other_are_told_at_start()
    {
        using var host = Build<DetectorModels>(
            ("Models:Managers:DetectorModels:detector:EstimatedBytes", "600"),
            ("Models:Managers:DetectorModels:detector:Pinned", "true"),
            ("Models:Managers:DetectorModels:second:EstimatedBytes", "500"),
            ("Models:Managers:DetectorModels:second:Pinned", "true"));

        var failure = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        failure.Message.ShouldBe(
            "Pinned model second of DetectorModels takes 500 bytes, and beside the other pinned models there are 400 of 1,000 bytes of cuda:0; unpin one, or raise Models:Devices.");
    }

    [Fact]
    public void Two_models_of_one_name_are_refused() =>
        Should.Throw<ArgumentException>(() => new TwiceTheSame(ModelManagerContext.Standalone("twice"))).Message.ShouldStartWith("twice has two models called detector.");

    [Fact]
    public async Task Managers_that_use_one_file_share_its_weights()
    {
        var builder = Builder(("Models:Managers:OtherModels:same:Path", file));
        builder.AddModelManager<DetectorModels>();
        builder.AddModelManager<OtherModels>();
        using var host = builder.Build();
        await host.StartAsync();
        var one = host.Services.GetRequiredService<DetectorModels>();
        var other = host.Services.GetRequiredService<OtherModels>();

        using var first = await one.Detector.AcquireAsync();
        using var second = await other.SameDetector.AcquireAsync();

        second.Model.ShouldBeSameAs(first.Model);
        one.Loader.Loaded.Count.ShouldBe(1);
        other.Models[0].Leases.ShouldBe(2);
    }

    [Fact]
    public async Task Shared_weights_are_warm_where_one_manager_wants_it()
    {
        var builder = Builder(("Models:Managers:OtherModels:same:Path", file), ("Models:Managers:OtherModels:same:Warmup", "AfterReady"));
        builder.AddModelManager<DetectorModels>();
        builder.AddModelManager<OtherModels>();
        using var host = builder.Build();
        await host.StartAsync();

        await host.Services.GetRequiredService<DetectorModels>().Loader.WhenLoadedAsync(1);

        host.Services.GetRequiredService<DetectorModels>().Loader.Loaded.ShouldBe(["detector"]);
        host.Services.GetRequiredService<OtherModels>().Models[0].SharedWith.ShouldBe("DetectorModels/detector");
        await host.StopAsync();
    }

    [Fact]
    public async Task The_health_report_says_what_cannot_be_loaded()
    {
        using var host = Build<DetectorModels>();
        await host.StartAsync();
        var health = host.Services.GetRequiredService<HealthCheckService>();
        (await health.CheckHealthAsync()).Entries["models DetectorModels"].Status.ShouldBe(HealthStatus.Healthy);

        var models = host.Services.GetRequiredService<DetectorModels>();
        models.Loader.Failure = new InvalidDataException("cut short");
        await Should.ThrowAsync<ModelLoadException>(() => models.Detector.AcquireAsync().AsTask());
        (await health.CheckHealthAsync()).Entries["models DetectorModels"].Status.ShouldBe(HealthStatus.Degraded);

        models.Loader.Failure = new DllNotFoundException("libtorch");
        await Should.ThrowAsync<ModelLoadException>(() => models.Detector.AcquireAsync().AsTask());
        var report = (await health.CheckHealthAsync()).Entries["models DetectorModels"];
        report.Status.ShouldBe(HealthStatus.Unhealthy);
        report.Description.ShouldBe("No model of DetectorModels can be loaded: Model detector of DetectorModels could not be loaded: DllNotFoundException: libtorch");
        await host.StopAsync();
    }

    [Fact]
    public async Task Code_that_had_no_memory_runs_again_once_idle_models_have_gone()
    {
        using var host = Build<DetectorModels>();
        await host.StartAsync();
        var models = host.Services.GetRequiredService<DetectorModels>();
        await models.LoadAsync("second");

        var runs = 0;
        (await models.Detector.RunAsync(_ => ++runs == 1 ? throw new InsufficientMemoryException() : runs)).ShouldBe(2);
        models.Loader.Released.ShouldBe(["second"]);

        // Nothing is left that could go.
        await Should.ThrowAsync<InsufficientMemoryException>(() => models.Detector.RunAsync<int>(_ => throw new InsufficientMemoryException()).AsTask());
        await host.StopAsync();
    }

    [Fact]
    public async Task A_manager_works_without_a_host()
    {
        var options = new ModelSchedulingOptions();
        options.Devices.Add(new ModelDeviceOptions { Device = "cpu", BudgetBytes = 1_000 });
        var settings = options.Managers["alone"] = new ModelManagerSettings();
        settings["detector"] = new ModelSettings { Path = file };
        var models = new DetectorModels(ModelManagerContext.Standalone("alone", options, new LedgerOnly()));

        (await models.Detector.RunAsync(model => model.Name)).ShouldBe("detector");
        await models.UnloadAsync("detector");
        models.Models[0].State.ShouldBe(ModelState.Unloaded);
        await models.LoadAsync("second");
        await models.DisposeAsync();

        models.Loader.Released.ShouldBe(["detector", "second"]);
    }

    private IHost Build<TManager>(params (string Key, string Value)[] settings)
        where TManager : ModelManager
    {
        var builder = Builder(settings);
        builder.AddModelManager<TManager>();
        return builder.Build();
    }

    private HostApplicationBuilder Builder(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([
            new("Models:Devices:0:Device", "cuda:0"),
            new("Models:Devices:0:BudgetBytes", "1000"),
            new("Models:Managers:DetectorModels:detector:Path", file),
        ]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddSingleton<IDeviceMemory, LedgerOnly>();
        return builder;
    }

    private sealed class DetectorModels(ModelManagerContext context) : ModelManager(context)
    {
        public NamedLoader Loader { get; } = new();

        public ModelHandle<NamedModel> Detector { get; private set; } = null!;

        protected override void DeclareModels()
        {
            base.DeclareModels();
            Detector = Declare(new ModelDefinition("detector") { Path = "detector.pt", EstimatedBytes = 100 }, Loader);
            Declare(new ModelDefinition("second") { EstimatedBytes = 100 }, Loader);
        }
    }

    private sealed class OtherModels(ModelManagerContext context) : ModelManager(context)
    {
        public ModelHandle<NamedModel> SameDetector { get; private set; } = null!;

        protected override void DeclareModels()
        {
            base.DeclareModels();
            SameDetector = Declare(new ModelDefinition("same") { Path = "same.pt" }, new NamedLoader());
        }
    }

    private sealed class TwiceTheSame(ModelManagerContext context) : ModelManager(context)
    {
        protected override void DeclareModels()
        {
            Declare(new ModelDefinition("detector") { EstimatedBytes = 1 }, new NamedLoader());
            Declare(new ModelDefinition("detector") { EstimatedBytes = 1 }, new NamedLoader());
        }
    }
}
