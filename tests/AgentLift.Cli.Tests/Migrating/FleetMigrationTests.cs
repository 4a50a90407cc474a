using System.Text.Json;

namespace AgentLift.Cli.Tests.Migrating;

public sealed class FleetMigrationTests
{
    [Fact]
    public async Task The_legacy_fleet_goes_through_the_infrastructure_stage_and_comes_back_byte_for_byte()
    {
        using var fleet = new FleetCopy();
        var before = fleet.State();

        var migrated = await Tool.RunAsync(fleet.Folder, "migrate", "LegacyFleet.sln", "--stage", "infrastructure", "--batch-pause", "0", "--yes", "--format", "json");
        var again = await Tool.RunAsync(fleet.Folder, "migrate", ".", "--stage", "infrastructure", "--batch-pause", "0", "--yes", "--no-restore");
        var status = await Tool.RunAsync(fleet.Folder, "status", "--no-restore", "--format", "json");
        var lifted = fleet.State();
        var back = await Tool.RunAsync(fleet.Folder, "rollback");

        migrated.ExitCode.ShouldBe(0, migrated.Errors);
        var report = JsonDocument.Parse(migrated.Output).RootElement;
        report.GetProperty("agents").EnumerateArray().Count(agent => agent.GetProperty("outcome").GetString() == "lifted").ShouldBe(14, migrated.Output);
        lifted.Count(file => before[file.Key] != file.Value).ShouldBe(report.GetProperty("files").GetArrayLength());
        lifted["Directory.Packages.props"].ShouldNotBe(before["Directory.Packages.props"]);

        again.ExitCode.ShouldBe(0, again.Errors);
        again.Output.ShouldContain("Nothing to do");

        var trend = JsonDocument.Parse(status.Output).RootElement.GetProperty("trend").EnumerateArray().ShouldHaveSingleItem();
        trend.GetProperty("agentsSoFar").GetInt32().ShouldBe(14);

        back.ExitCode.ShouldBe(0, back.Errors);
        fleet.State().ShouldBe(before);
    }
}
