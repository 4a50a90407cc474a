namespace AgentLift.Runtime.Tests.Models;

/// <summary>What a manager does for those who ask it, on one device of 1,000 bytes.</summary>
public sealed class ModelManagerTests : IAsyncDisposable
{
    private readonly VisionModels models;

    public ModelManagerTests()
    {
        var options = new ModelSchedulingOptions { ResidencyFactor = 0 };
        options.Devices.Add(new ModelDeviceOptions { Device = "cpu", BudgetBytes = 1_000 });
        models = new VisionModels(ModelManagerContext.Standalone("vision", options, new LedgerOnly()));
    }

    public ValueTask DisposeAsync() => models.DisposeAsync();

    [Fact]
    public async Task A_model_that_is_pinned_is_loaded_and_stays_until_it_is_unpinned()
    {
        await models.PinAsync("small");
        await models.LoadAsync("medium");
        models.Models[0].ShouldSatisfyAllConditions(status => status.State.ShouldBe(ModelState.Loaded), status => status.Pinned.ShouldBeTrue());

        await models.LoadAsync("large");
        models.Loader.Released.ShouldBe(["medium"]);

        (await Should.ThrowAsync<InvalidOperationException>(() => models.UnloadAsync("small"))).Message.ShouldContain("is pinned");
        models.Unpin("small");
        await models.UnloadAsync("small");
        models.Loader.Released.ShouldBe(["medium", "small"]);
    }

    [Fact]
    public async Task What_cannot_be_pinned_fails_the_task_and_is_not_pinned()
    {
        await models.PinAsync("large");

        var pin = models.PinAsync("medium");

        (await Should.ThrowAsync<InvalidOperationException>(() => pin)).Message.ShouldStartWith("Pinned model");
        models.Models[1].Pinned.ShouldBeFalse();
    }

    [Fact]
    public void That_there_is_no_such_model_is_thrown_at_once()
    {
        foreach (Func<string, object> ask in (Func<string, object>[])[name => models.LoadAsync(name), name => models.UnloadAsync(name), name => models.ReloadAsync(name), name => models.PinAsync(name)])
            Should.Throw<ArgumentException>(() => { _ = ask("none"); }).Message.ShouldStartWith("vision has no model called none; it has small, medium, large, one, other.");
    }

    [Fact]
    public async Task Models_with_weights_in_common_are_loaded_once_and_counted_with_the_first()
    {
        using var first = await models.One.AcquireAsync();
        using var second = await models.Other.AcquireAsync();

        second.Model.ShouldBeSameAs(first.Model);
        models.Loader.Loaded.ShouldBe(["one"]);
        var (one, other) = (models.Models[3], models.Models[4]);
        (one.Leases, one.SharedWith).ShouldBe((2, null));
        (other.Leases, other.SharedWith).ShouldBe((2, "vision/one"));
    }

    [Fact]
    public async Task After_its_end_a_manager_fails_the_task_of_who_asks()
    {
        await models.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => models.LoadAsync("small"));
        await Should.ThrowAsync<ObjectDisposedException>(() => models.ReloadAsync("small"));
        await Should.ThrowAsync<ObjectDisposedException>(() => models.PinAsync("small"));
    }

    private sealed class VisionModels(ModelManagerContext context) : ModelManager(context)
    {
        public NamedLoader Loader { get; } = new();

        public ModelHandle<NamedModel> One { get; private set; } = null!;

        public ModelHandle<NamedModel> Other { get; private set; } = null!;

        protected override void DeclareModels()
        {
            base.DeclareModels();
            Declare(new ModelDefinition("small") { EstimatedBytes = 300 }, Loader);
            Declare(new ModelDefinition("medium") { EstimatedBytes = 400 }, Loader);
            Declare(new ModelDefinition("large") { EstimatedBytes = 700 }, Loader);
            One = Declare(new ModelDefinition("one") { EstimatedBytes = 100, SharedAs = "weights" }, Loader);
            Other = Declare(new ModelDefinition("other") { EstimatedBytes = 100, SharedAs = "weights" }, Loader);
        }
    }
}
