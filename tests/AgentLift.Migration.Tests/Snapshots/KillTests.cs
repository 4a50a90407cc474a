using AgentLift.SnapshotCrasher;

namespace AgentLift.Migration.Tests.Snapshots;

public sealed class KillTests
{
    // For 500: dotnet run --project tests/AgentLift.SnapshotCrasher -- --kills 500
    private const int Kills = 60;

    [Fact]
    public async Task A_process_that_is_killed_at_any_instant_leaves_a_legal_tree()
    {
        var report = await KillCampaign.RunAsync(Kills, seed: 20261121);

        report.Problems.ShouldBeEmpty();
        (report.InApply + report.InRollback + report.Between).ShouldBe(Kills);
        report.InApply.ShouldBeGreaterThan(0);
    }
}
