using AgentLift.Migration.Migrating;
using AgentLift.Migration.Reruns;
using AgentLift.Migration.Snapshots;
using AgentLift.Migration.Tests.Migrating;

namespace AgentLift.Migration.Tests.Reruns;

public sealed class SettledRunTests : IDisposable
{
    private static readonly string[] Command = ["agentlift migrate ."];

    private readonly SmallFleet fleet = new("OneAgent", "TwoAgent");

    [Fact]
    public async Task The_same_command_on_the_same_files_has_nothing_to_do()
    {
        var first = await MigrateAsync();

        var known = Note().Find();

        known.ShouldNotBeNull();
        known.Run.ShouldBeNull();
        known.Files.ShouldBeEmpty();
        known.Succeeded.ShouldBeTrue();
        known.Agents.ShouldAllBe(agent => agent.Outcome == MigrationOutcome.Unchanged && agent.Before == agent.Reached);
        known.Agents.Select(agent => agent.Left.Length).ShouldBe(first.Agents.Select(agent => agent.Left.Length));
    }

    [Fact]
    public async Task What_is_remembered_is_what_a_migration_would_report()
    {
        await MigrateAsync();
        var known = Note().Find().ShouldNotBeNull();

        var again = await fleet.MigrateAsync();

        known.Agents.Select(agent => (agent.Type, agent.Outcome, agent.Before, agent.Reached)).ShouldBe(again.Agents.Select(agent => (agent.Type, agent.Outcome, agent.Before, agent.Reached)));
        known.Agents.SelectMany(agent => agent.Left).ShouldBe(again.Agents.SelectMany(agent => agent.Left));
    }

    [Theory]
    [InlineData("OneAgent.cs")]
    [InlineData("New.cs")]
    [InlineData("sub/folder/agents.json")]
    public async Task A_file_that_was_written_since_is_looked_at(string file)
    {
        await MigrateAsync();

        Directory.CreateDirectory(Path.GetDirectoryName(fleet.At(file))!);
        File.AppendAllText(fleet.At(file), "\n");

        Note().Find().ShouldBeNull();
    }

    [Fact]
    public async Task A_file_that_is_gone_is_missed()
    {
        fleet.Write("notes.txt", "read by no project, as far as anyone knows");
        await MigrateAsync();

        File.Delete(fleet.At("notes.txt"));

        Note().Find().ShouldBeNull();
    }

    [Fact]
    public async Task What_a_build_makes_and_where_the_report_goes_do_not_count()
    {
        await MigrateAsync(output: "report.md");

        Directory.CreateDirectory(fleet.At("obj"));
        fleet.Write(Path.Combine("obj", "made.cs"), "");
        fleet.Write("report.md", "another one");

        Note(output: "report.md").Find().ShouldNotBeNull();
    }

    [Fact]
    public async Task Another_command_is_another_matter()
    {
        await MigrateAsync();

        new SettledRun(fleet.Root, ["agentlift migrate . --include-assisted"], null).Find().ShouldBeNull();
    }

    [Fact]
    public async Task A_rollback_brings_the_work_back()
    {
        await MigrateAsync();

        using (var store = SnapshotStore.Open(fleet.Root))
            store.Rollback(new RollbackSelection());

        Note().Find().ShouldBeNull();
    }

    [Theory]
    [InlineData("Other.cs")]
    [InlineData("OneAgent.cs")]
    public async Task What_someone_wrote_meanwhile_was_not_looked_at(string file)
    {
        fleet.Write("Other.cs", "");

        await MigrateAsync(meanwhile: () => File.AppendAllText(fleet.At(file), "// a person's\n"));

        Note().Find().ShouldBeNull();
    }

    [Fact]
    public async Task A_run_that_put_an_agent_back_is_tried_again()
    {
        await MigrateAsync(lift: SmallFleet.Spoiling("OneAgent", text => text.Replace("running = true;", "running = ture;")));

        Note().Find().ShouldBeNull();
    }

    [Fact]
    public async Task A_damaged_record_is_no_record()
    {
        await MigrateAsync();

        File.WriteAllText(fleet.At(Path.Combine(".agentlift", "settled.json")), "{ \"build\": ");

        Note().Find().ShouldBeNull();
    }

    public void Dispose() => fleet.Dispose();

    private SettledRun Note(string? output = null) => new(fleet.Root, Command, output is null ? null : fleet.At(output));

    private async Task<MigrationReport> MigrateAsync(string? output = null, LiftFunction? lift = null, Action? meanwhile = null)
    {
        using var store = SnapshotStore.Open(fleet.Root);
        var note = Note(output);
        note.Find().ShouldBeNull();
        var source = await fleet.LoadAsync();
        var report = await fleet.MigratorOf(source, lift: lift).RunAsync(store, CancellationToken.None);
        meanwhile?.Invoke();
        note.Remember(report, source, store);
        return report;
    }
}
