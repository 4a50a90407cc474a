using Xunit.Abstractions;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>Random operations on a scheduler whose devices behave badly. The clock is simulated: a seed gives the same run each time.</summary>
public class RandomOperationsTests(ITestOutputHelper output)
{
    private const int Operations = 250_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_is_asked_no_model_in_use_goes_no_device_is_over_its_budget_and_nobody_waits_for_ever(int seed)
    {
        var run = new RandomOperations(seed);

        run.Run(Operations);

        output.WriteLine($"Seed {seed}: {run.Summary}");
        run.Problems.ShouldBeEmpty();
        run.Feasible.ShouldBeGreaterThan(Operations / 10);
        (run.Failed / (double)run.Feasible).ShouldBeLessThanOrEqualTo(0.001, run.Summary);
    }
}
