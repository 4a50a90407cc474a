using AgentLift.Runtime.Discovery;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Tests.Discovery;

public class InProcessDirectoryTests
{
    private readonly InProcessDirectory directory = new();

    [Fact]
    public async Task An_instance_is_found_from_its_registration_until_its_entry_is_disposed_of()
    {
        var entry = await directory.RegisterAsync(Instances.Of("tutor", "b"), default);
        await using var other = await directory.RegisterAsync(Instances.Of("tutor", "a"), default);
        (await directory.IdsAsync("tutor")).ShouldBe(["a", "b"]);

        await entry.DisposeAsync();

        (await directory.IdsAsync("tutor")).ShouldBe(["a"]);
        (await directory.IdsAsync("nobody")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_renewal_tells_of_the_health_and_one_after_the_end_enters_nothing()
    {
        var entry = await directory.RegisterAsync(Instances.Of("tutor", "a"), default);

        await entry.RenewAsync(HealthStatus.Degraded, default);
        (await directory.FindAsync("tutor", default)).ShouldHaveSingleItem().Health.ShouldBe(HealthStatus.Degraded);
        await entry.DisposeAsync();
        await entry.RenewAsync(HealthStatus.Healthy, default);

        (await directory.IdsAsync("tutor")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_threads_lose_no_registration()
    {
        await Parallel.ForAsync(0, 1000, async (i, token) => await directory.RegisterAsync(Instances.Of("tutor", $"{i:000}"), token));

        (await directory.IdsAsync("tutor")).ShouldBe(Enumerable.Range(0, 1000).Select(i => $"{i:000}"));
    }
}
