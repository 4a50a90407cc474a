using AgentLift.Migration.Adoption;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Adoption;

public class TrendPointTests
{
    [Fact]
    public void Agents_add_up_over_runs_and_what_was_rolled_back_or_is_a_project_does_not_count()
    {
        var points = TrendPoint.Of(
        [
            Run("1", ("infrastructure", "tutor", TransactionState.Applied), ("infrastructure", "Fleet.csproj", TransactionState.Applied)),
            Run("2", ("infrastructure", "router", TransactionState.RolledBack)),
            Run("3", ("core-logic", "tutor", TransactionState.Applied), ("infrastructure", "router", TransactionState.Applied)),
        ]);

        points.Select(point => (point.Agents, point.AgentsSoFar)).ShouldBe([(1, 1), (0, 1), (2, 2)]);
        points[^1].ByStage.ShouldBe([new("core-logic", 1), new("infrastructure", 2)]);
    }

    private static RunSummary Run(string id, params (string Stage, string Agent, TransactionState State)[] steps) => new(
        id, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, new RunInfo("agentlift 1.0.0", ".", string.Empty), RunState.Applied,
        [.. steps.Select((step, index) => new TransactionSummary(index + 1, step.Stage, step.Agent, DateTimeOffset.UnixEpoch, step.State, []))]);
}
