using AgentLift.SnapshotCrasher;

namespace AgentLift.Cli.Tests.Migrating;

public sealed class MigrationKillTests
{
    // For more: dotnet run --project tests/AgentLift.SnapshotCrasher -- --migrate src/AgentLift.Cli/bin/Debug/net10.0/agentlift.dll --kills 60
    private const int Kills = 5;

    [Fact]
    public async Task A_migration_that_is_killed_at_any_instant_leaves_whole_steps()
    {
        var report = await MigrationCampaign.RunAsync(Path.Combine(Tool.Folder, "agentlift.dll"), Kills, seed: 20261121);

        report.Problems.ShouldBeEmpty();
        report.Steps.Count.ShouldBe(Kills);
    }
}
