using AgentLift.Runtime.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Tests.Models;

public class ModelManagerHealthCheckTests
{
    private static readonly ModelStatus Loaded = ModelStatuses.Loaded("vision", "resnet50");
    private static readonly ModelStatus Unloaded = ModelStatuses.Unloaded("vision", "yolo");

    [Fact]
    public async Task A_manager_is_well_whether_its_models_are_loaded_or_not() =>
        (await CheckAsync(Loaded, Unloaded, Unloaded with { Name = "ocr", State = ModelState.Queued })).Status.ShouldBe(HealthStatus.Healthy);

    [Fact]
    public async Task The_report_tells_where_each_model_stands()
    {
        var data = (await CheckAsync(
            Loaded with { Leases = 2, Pinned = true },
            Unloaded with { Waiting = 3, Bytes = 50, State = ModelState.Queued })).Data;

        data.ShouldBe(new Dictionary<string, object>
        {
            ["model resnet50"] = "Loaded, cuda:0, 1000 bytes, leases 2, pinned",
            ["model yolo"] = "Queued, waiting 3",
        });
    }

    [Fact]
    public async Task Who_uses_weights_is_counted_where_they_were_declared_first() =>
        (await CheckAsync(Loaded with { Leases = 2, Waiting = 1, SharedWith = "search/embedder" })).Data["model resnet50"].ShouldBe("Loaded, cuda:0, 1000 bytes, shared with search/embedder");

    [Fact]
    public async Task A_model_that_could_not_be_loaded_degrades_the_manager_and_says_why()
    {
        var result = await CheckAsync(Loaded, Unloaded with { State = ModelState.Failed, LastError = "yolo.pt is no model" });

        result.Status.ShouldBe(HealthStatus.Degraded);
        result.Description.ShouldBe("Model yolo could not be loaded: yolo.pt is no model");
    }

    [Fact]
    public async Task A_model_that_could_not_be_loaded_again_degrades_the_manager_though_it_is_in_use()
    {
        var result = await CheckAsync(Loaded with { LastError = "resnet50.pt is cut short" });

        result.Status.ShouldBe(HealthStatus.Degraded);
        result.Description.ShouldBe("Model resnet50 could not be loaded again, the version before it is in use: resnet50.pt is cut short");
    }

    [Fact]
    public async Task A_pinned_model_that_is_not_loaded_degrades_the_manager()
    {
        var result = await CheckAsync(Loaded with { Pinned = true }, Unloaded with { Pinned = true, State = ModelState.Loading });

        result.Status.ShouldBe(HealthStatus.Degraded);
        result.Description.ShouldBe("Model yolo is pinned and Loading.");
    }

    [Fact]
    public async Task Without_the_native_library_the_manager_is_unhealthy()
    {
        var check = new ModelManagerHealthCheck("vision", () => [Unloaded with { LastError = "libtorch.so" }], () => "libtorch.so was not found");

        var result = await check.CheckHealthAsync(new HealthCheckContext());

        result.Status.ShouldBe(HealthStatus.Unhealthy);
        result.Description.ShouldBe("No model of vision can be loaded: libtorch.so was not found");
        result.Data.Keys.ShouldBe(["model yolo"]);
    }

    private static Task<HealthCheckResult> CheckAsync(params ModelStatus[] models) =>
        new ModelManagerHealthCheck("vision", () => models, () => null).CheckHealthAsync(new HealthCheckContext());
}
