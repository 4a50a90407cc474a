using AgentLift.Runtime.Discovery;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Tests.Discovery;

public class AgentDirectoryExtensionsTests
{
    private readonly InProcessDirectory directory = new();

    [Fact]
    public async Task An_agent_that_has_not_entered_itself_has_no_address()
    {
        (await directory.FindAddressAsync("tutor")).ShouldBeNull();
        var entry = await directory.RegisterAsync(Instances.Of("tutor", "a"), default);
        (await directory.FindAddressAsync("tutor")).ShouldBe("10.0.0.5:5611");

        await entry.DisposeAsync();

        (await directory.FindAddressAsync("tutor")).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Nobody_is_entered_under_a_blank_name(string agent) => (await directory.FindAddressAsync(agent)).ShouldBeNull();

    [Fact]
    public async Task A_healthy_instance_comes_before_a_degraded_one_and_an_unhealthy_one_is_passed_over()
    {
        await EnterAsync("a", "10.0.0.1:1", HealthStatus.Unhealthy);
        (await directory.FindAddressAsync("tutor")).ShouldBeNull();
        await EnterAsync("b", "10.0.0.2:1", HealthStatus.Degraded);
        (await directory.FindAddressAsync("tutor")).ShouldBe("10.0.0.2:1");
        await EnterAsync("d", "10.0.0.4:1", HealthStatus.Healthy);
        await EnterAsync("c", "10.0.0.3:1", HealthStatus.Healthy);

        (await directory.FindAddressAsync("tutor")).ShouldBe("10.0.0.3:1");
    }

    [Fact]
    public async Task The_endpoint_may_be_left_out_where_there_is_only_one()
    {
        await EnterAsync("a", [("requests", "10.0.0.1:1"), ("events", "10.0.0.1:2")], HealthStatus.Healthy);
        (await directory.FindAddressAsync("tutor")).ShouldBeNull();
        (await directory.FindAddressAsync("tutor", "events")).ShouldBe("10.0.0.1:2");
        (await directory.FindAddressAsync("tutor", "orders")).ShouldBeNull();
        await EnterAsync("b", [("requests", "10.0.0.2:1")], HealthStatus.Degraded);

        (await directory.FindAddressAsync("tutor")).ShouldBe("10.0.0.2:1");
    }

    [Fact]
    public async Task A_directory_out_of_reach_has_no_address() => (await new Unreachable().FindAddressAsync("tutor")).ShouldBeNull();

    [Fact]
    public async Task Whoever_gives_up_is_told_so() =>
        await Should.ThrowAsync<OperationCanceledException>(async () => await new Unreachable().FindAddressAsync("tutor", null, new CancellationToken(canceled: true)));

    private Task EnterAsync(string id, string address, HealthStatus health) => EnterAsync(id, [("requests", address)], health);

    private async Task EnterAsync(string id, (string Name, string Address)[] endpoints, HealthStatus health) => await directory.RegisterAsync(
        new AgentInstance { Agent = "tutor", Id = id, Endpoints = endpoints.ToDictionary(endpoint => endpoint.Name, endpoint => endpoint.Address), Health = health }, default);

    private sealed class Unreachable : IAgentDirectory
    {
        public ValueTask<IDirectoryEntry> RegisterAsync(AgentInstance instance, CancellationToken cancellationToken) => throw new AgentDirectoryException("nobody answers");

        public ValueTask<IReadOnlyList<AgentInstance>> FindAsync(string agent, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new AgentDirectoryException("nobody answers");
        }
    }
}
