using AgentLift.SnapshotCrasher;

namespace AgentLift.Cli.Tests.Migrating;

public sealed class MigrationKillTests
{
    // For more: dotnet run --project tests/AgentLift.SnapshotCrasher -- --migrate src/AgentLift.Cli/bin/Debug/net10.0/agentlift.dll --kills 500
    private const int Kills = 4;

    private static readonly string TheTool = Path.Combine(Tool.Folder, "agentlift.dll");

    [Fact]
    public async Task A_migration_that_is_killed_at_any_instant_leaves_whole_steps()
    {
        var report = await ToolCampaign.MigrateAsync(TheTool, Kills, seed: 20261121);

        report.Problems.ShouldBeEmpty();
        report.Kills.ShouldBe(Kills);
    }

    [Fact]
    public async Task A_rollback_that_is_killed_at_any_instant_takes_back_all_or_nothing()
    {
        var report = await ToolCampaign.RollBackAsync(TheTool, Kills, seed: 20261121);

        report.Problems.ShouldBeEmpty();
        report.Kills.ShouldBe(Kills);
    }
}
