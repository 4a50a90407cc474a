using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Migration.Migrating;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Migrating;

public sealed class MigratorTests
{
    [Fact]
    public async Task Agents_are_lifted_written_and_come_back_byte_for_byte()
    {
        using var fleet = new SmallFleet("OneAgent", "TwoAgent");
        var before = fleet.State();

        var report = await fleet.MigrateAsync();

        report.Agents.ShouldAllBe(agent => agent.Outcome == MigrationOutcome.Lifted && agent.Reached == MigrationStage.Infrastructure);
        report.Files.ShouldBe(["Fleet.csproj", "OneAgent.cs", "TwoAgent.cs"]);
        fleet.Read("OneAgent.cs").ShouldContain(": BaseAgent");
        fleet.Read("Fleet.csproj").ShouldContain("""<PackageReference Include="AgentLift.Runtime" Version="1.0.0" />""");
        using var store = SnapshotStore.Open(fleet.Root);
        store.Rollback(new RollbackSelection { Run = report.Run });
        fleet.State().ShouldBe(before);
    }

    [Fact]
    public async Task A_second_run_writes_nothing_and_says_so()
    {
        using var fleet = new SmallFleet("OneAgent");
        await fleet.MigrateAsync();
        var once = fleet.State();

        var again = new MigrationOptions { Tool = "agentlift 1.0.0", RuntimeVersion = "2.0.0", BatchPause = TimeSpan.Zero, Stage = MigrationStage.Infrastructure };
        var report = await fleet.MigrateAsync(again);

        report.Run.ShouldBeNull();
        report.Files.ShouldBeEmpty();
        report.Succeeded.ShouldBeTrue();
        fleet.State().ShouldBe(once);
    }

    [Fact]
    public async Task A_dry_run_prints_the_diff_and_leaves_no_trace()
    {
        using var fleet = new SmallFleet("OneAgent");
        var before = fleet.State();
        using var patch = new MemoryStream();

        var report = await fleet.MigratorOf(await fleet.LoadAsync()).DryRunAsync(patch, CancellationToken.None);

        report.DryRun.ShouldBeTrue();
        System.Text.Encoding.UTF8.GetString(patch.ToArray()).ShouldContain("+public partial class OneAgent : BaseAgent");
        fleet.State().ShouldBe(before);
        Directory.Exists(fleet.At(".agentlift")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_agent_whose_rewrite_does_not_compile_is_put_back_and_the_others_land()
    {
        using var fleet = new SmallFleet("AAgent", "BAgent", "CAgent", "DAgent");
        var before = fleet.State();

        var report = await fleet.MigrateAsync(lift: SmallFleet.Spoiling("BAgent", text => text.Replace("running = true;", "running = ture;")));

        report.Succeeded.ShouldBeFalse();
        var broken = report.Agents.Single(agent => agent.Name == "BAgent");
        broken.Outcome.ShouldBe(MigrationOutcome.PutBack);
        broken.Reasons.ShouldHaveSingleItem().ShouldContain("BAgent.cs: error CS0103");
        report.Agents.Count(agent => agent.Outcome == MigrationOutcome.Lifted).ShouldBe(3);
        fleet.State()["BAgent.cs"].ShouldBe(before["BAgent.cs"]);
        fleet.Read("CAgent.cs").ShouldContain(": BaseAgent");
    }

    [Theory]
    [InlineData(MigrationStage.Infrastructure, "running = true;", "running = ture;")]
    [InlineData(MigrationStage.CoreLogic, "RunPeriodically", "RunNever")]
    public async Task Stage_by_stage_it_is_put_back_where_it_breaks_and_the_others_come_to_the_same_as_without_it(MigrationStage broken, string good, string bad)
    {
        using var fleet = new SmallFleet("AAgent", "BAgent", "CAgent", "DAgent");
        using var others = new SmallFleet("AAgent", "CAgent", "DAgent");
        var options = SmallFleet.Options with { Stage = MigrationStage.Integration };
        LiftFunction spoil = (solution, stage, lift, token) => stage == broken
            ? SmallFleet.Spoiling("BAgent", text => text.Replace(good, bad))(solution, stage, lift, token)
            : StageLift.ApplyAsync(solution, stage, lift, token);

        using var store = SnapshotStore.Open(fleet.Root);
        var report = await fleet.MigratorOf(await fleet.LoadStagedAsync(), options, spoil).RunAsync(store, CancellationToken.None);
        await others.MigrateAsync(options);

        var (spoilt, before) = (report.Agents.Single(agent => agent.Name == "BAgent"), broken - 1);
        (spoilt.Outcome, spoilt.Reached).ShouldBe((MigrationOutcome.PutBack, before));
        spoilt.Reasons.ShouldHaveSingleItem().ShouldContain("BAgent.cs: error CS0103");
        foreach (var agent in report.Agents.Where(agent => agent != spoilt))
        {
            (agent.Outcome, agent.Reached).ShouldBe((MigrationOutcome.Lifted, MigrationStage.Integration));
            fleet.Read($"{agent.Name}.cs").ShouldBe(others.Read($"{agent.Name}.cs"));
        }
    }

    [Theory]
    [InlineData("// settled", true)]
    [InlineData("private int Broken => ture;", false)]
    public async Task What_the_closing_look_writes_is_compiled_too_and_what_it_breaks_leaves_the_stage_before_it(string member, bool stands)
    {
        using var fleet = new SmallFleet("OneAgent", "TwoAgent");
        using var others = new SmallFleet("OneAgent", "TwoAgent");
        var looks = 0;
        LiftFunction settling = async (solution, stage, lift, token) =>
        {
            var lifted = await StageLift.ApplyAsync(solution, stage, lift, token);
            var document = lifted.Solution.Projects.Single().Documents.Single(document => document.Name == "OneAgent.cs");
            var text = await document.GetTextAsync(token);
            if (Interlocked.Increment(ref looks) == 1 || text.ToString().Contains(member, StringComparison.Ordinal))
                return lifted;
            return lifted with
            {
                Solution = lifted.Solution.WithDocumentText(document.Id, text.Replace(text.ToString().LastIndexOf('}'), 0, member + "\n")),
                Agents = [.. lifted.Agents.Select(agent => agent.Agent == "Fleet.OneAgent" ? agent with { Changed = true, Edited = [document.FilePath!] } : agent)],
            };
        };

        var report = await fleet.MigrateAsync(lift: settling);
        await others.MigrateAsync();

        var expected = others.State();
        (fleet.State()["OneAgent.cs"] == expected["OneAgent.cs"]).ShouldBe(!stands);
        fleet.Read("OneAgent.cs").Contains(member, StringComparison.Ordinal).ShouldBe(stands);
        fleet.State()["TwoAgent.cs"].ShouldBe(expected["TwoAgent.cs"]);
        report.Agents.Select(agent => agent.Outcome).ShouldBe([stands ? MigrationOutcome.Lifted : MigrationOutcome.PutBack, MigrationOutcome.Lifted]);
        report.Agents.ShouldAllBe(agent => agent.Reached == MigrationStage.Infrastructure);
    }

    [Fact]
    public async Task A_new_warning_puts_an_agent_back_too()
    {
        using var fleet = new SmallFleet("OneAgent");

        var report = await fleet.MigrateAsync(lift: SmallFleet.Spoiling("OneAgent", text => text.Replace("running = true;", "running = true; int unused = 1;")));

        report.Agents.Single().Reasons.ShouldHaveSingleItem().ShouldContain("warning CS0219");
    }

    [Fact]
    public async Task A_batch_with_too_few_successes_stops_the_run()
    {
        using var fleet = new SmallFleet("AAgent", "BAgent", "CAgent");
        var spoil = SmallFleet.Spoiling("AAgent", text => text + "}");

        var report = await fleet.MigrateAsync(SmallFleet.Options with { BatchSize = 2 }, spoil);

        report.Stop!.Kind.ShouldBe(MigrationStopKind.TooManyFailures);
        report.Agents.Select(agent => agent.Outcome).ShouldBe([MigrationOutcome.PutBack, MigrationOutcome.Lifted, MigrationOutcome.NotReached]);
    }

    [Fact]
    public async Task A_command_that_fails_takes_the_stage_of_its_batch_back()
    {
        using var fleet = new SmallFleet("OneAgent", "TwoAgent");
        var before = fleet.State();

        var report = await fleet.MigrateAsync(SmallFleet.Options with { VerifyCommands = ["echo all is well", "echo it is broken; exit 3"] });

        fleet.State().ShouldBe(before);
        report.Files.ShouldBeEmpty();
        report.Verifications.Select(result => result.ExitCode).ShouldBe([0, 3]);
        report.Agents.ShouldAllBe(agent => agent.Outcome == MigrationOutcome.PutBack && agent.Reasons.Any(reason => reason.EndsWith("it is broken")));
    }

    [Fact]
    public async Task A_command_sees_what_was_written_in_the_folder_of_the_target()
    {
        using var fleet = new SmallFleet("OneAgent");

        var report = await fleet.MigrateAsync(SmallFleet.Options with { VerifyCommands = ["grep -q BaseAgent OneAgent.cs"] });

        report.Succeeded.ShouldBeTrue();
        report.Verifications.ShouldHaveSingleItem().Passed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_someone_changes_meanwhile_stays_and_the_round_goes_back()
    {
        using var fleet = new SmallFleet("OneAgent", "TwoAgent");
        var source = await fleet.LoadAsync();
        foreach (var document in source.Solution.Projects.Single().Documents)
            await document.GetTextAsync();
        var one = fleet.Read("OneAgent.cs");
        fleet.Write("TwoAgent.cs", "// mine\n" + fleet.Read("TwoAgent.cs"));
        var before = fleet.State();

        using var store = SnapshotStore.Open(fleet.Root);
        var report = await fleet.MigratorOf(source).RunAsync(store, CancellationToken.None);

        report.Stop!.Kind.ShouldBe(MigrationStopKind.Refused);
        report.Stop.Message.ShouldContain("TwoAgent.cs: the file was changed by someone else since it was read");
        fleet.State().ShouldBe(before);
        fleet.Read("OneAgent.cs").ShouldBe(one);
    }

    [Fact]
    public async Task What_cannot_be_taken_back_is_not_called_put_back()
    {
        using var fleet = new SmallFleet("OneAgent", "TwoAgent");

        var report = await fleet.MigrateAsync(SmallFleet.Options with { VerifyCommands = ["echo '// formatted' >> OneAgent.cs; exit 1"] });

        report.Stop!.Kind.ShouldBe(MigrationStopKind.Refused);
        report.Stop.Message.ShouldContain("ended with exit code 1; then it could not be taken back\nOneAgent.cs: the file was changed since the run");
        report.Stop.NextStep.ShouldBe($"what stands of it was not verified: remove the cause, then take it back with 'agentlift rollback --run {report.Run}'");
        report.Agents.Select(agent => (agent.Name, agent.Outcome, agent.Reached)).ShouldBe(
            [("OneAgent", MigrationOutcome.Stuck, MigrationStage.Infrastructure), ("TwoAgent", MigrationOutcome.PutBack, MigrationStage.None)]);
        fleet.Read("OneAgent.cs").ShouldEndWith("// formatted\n");
        fleet.Read("TwoAgent.cs").ShouldNotContain("BaseAgent");
    }

    [Fact]
    public async Task Where_all_was_taken_back_nothing_is_said_to_stand()
    {
        using var fleet = new SmallFleet("OneAgent");

        var report = await fleet.MigrateAsync(SmallFleet.Options with { VerifyCommands = ["exit 1"] });

        report.Run.ShouldBeNull();
        report.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_read_only_file_is_named_and_nothing_is_lost()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var fleet = new SmallFleet("OneAgent");
        var before = fleet.State();
        File.SetUnixFileMode(fleet.At("OneAgent.cs"), UnixFileMode.UserRead);

        var report = await fleet.MigrateAsync();

        report.Stop!.Kind.ShouldBe(MigrationStopKind.Refused);
        report.Stop.Message.ShouldContain("OneAgent.cs: the file is read-only");
        fleet.State().ShouldBe(before);
    }

    [Fact]
    public async Task A_stop_before_the_first_write_leaves_everything_and_says_how_to_go_on()
    {
        using var fleet = new SmallFleet("OneAgent");
        var before = fleet.State();
        using var cancel = new CancellationTokenSource();
        AgentLift.Migration.Migrating.LiftFunction stopping = (solution, stage, options, token) =>
        {
            cancel.Cancel();
            return AgentLift.CodeFixes.Lifting.StageLift.ApplyAsync(solution, stage, options, CancellationToken.None);
        };

        var report = await fleet.MigrateAsync(lift: stopping, cancellationToken: cancel.Token);

        report.Stop!.Kind.ShouldBe(MigrationStopKind.Cancelled);
        report.Stop.NextStep.ShouldBe("nothing was written: run again to begin anew");
        fleet.State().ShouldBe(before);
    }

    [Fact]
    public async Task An_agent_that_stays_legacy_is_passed_over_with_its_reason()
    {
        using var fleet = new SmallFleet("OneAgent", "TwoAgent");
        fleet.Write("agentlift.exceptions.json", """{ "exceptions": [ { "agent": "TwoAgent", "reason": "goes away", "review": "2030-01-31" } ] }""");

        var report = await fleet.MigrateAsync();

        var passed = report.Agents.Single(agent => agent.Name == "TwoAgent");
        passed.Outcome.ShouldBe(MigrationOutcome.Skipped);
        passed.Reasons.ShouldBe(["it stays legacy until 2030-01-31: goes away"]);
        fleet.Read("TwoAgent.cs").ShouldNotContain("BaseAgent");
    }

    [Fact]
    public async Task Only_named_agents_are_lifted()
    {
        using var fleet = new SmallFleet("OneAgent", "TwoAgent");

        var report = await fleet.MigrateAsync(SmallFleet.Options with { Agents = ["twoagent"] });

        report.Agents.Single(agent => agent.Outcome == MigrationOutcome.Lifted).Name.ShouldBe("TwoAgent");
        report.Files.ShouldBe(["Fleet.csproj", "TwoAgent.cs"]);
    }

    [Fact]
    public async Task Encoding_mark_and_line_endings_stay()
    {
        using var fleet = new SmallFleet("OneAgent");
        var text = fleet.Read("OneAgent.cs").Replace("\n", "\r\n").Replace("Polls", "Pöllt");
        File.WriteAllBytes(fleet.At("OneAgent.cs"), [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(text)]);

        await fleet.MigrateAsync();

        var bytes = File.ReadAllBytes(fleet.At("OneAgent.cs"));
        bytes.Take(3).ShouldBe([0xEF, 0xBB, 0xBF]);
        var after = System.Text.Encoding.UTF8.GetString(bytes);
        after.ShouldContain("Pöllt");
        after.ShouldContain(": BaseAgent");
        after.Replace("\r\n", string.Empty).ShouldNotContain("\n");
    }

    [Fact]
    public async Task Progress_names_batches_and_estimates_the_rest()
    {
        using var fleet = new SmallFleet("AAgent", "BAgent");

        await fleet.MigrateAsync(SmallFleet.Options with { BatchSize = 1 });

        fleet.Steps.Where(step => step.Phase == MigrationPhase.Lifting).Select(step => (step.Subject, step.Batch, step.Batches)).ShouldBe([("AAgent", 1, 2), ("BAgent", 2, 2)]);
        fleet.Steps.First(step => step.Batch == 1).Left.ShouldBeNull();
        fleet.Steps.Last(step => step.Batch == 2).Left.ShouldNotBeNull();
    }

    [Fact]
    public async Task Low_risk_goes_through_all_stages_in_one_round()
    {
        using var fleet = new SmallFleet("OneAgent");

        var report = await fleet.MigrateAsync(SmallFleet.Options with { Stage = MigrationStage.Integration, VerifyCommands = ["echo once"] });

        report.Verifications.Length.ShouldBe(1);
        fleet.Steps.Where(step => step.Phase == MigrationPhase.Lifting).Select(step => step.Stage)
            .ShouldBe([MigrationStage.Infrastructure, MigrationStage.CoreLogic, MigrationStage.Integration]);
    }

    [Fact]
    public async Task Agents_that_one_program_makes_are_lifted_together_and_the_program_goes_with_the_last()
    {
        using var fleet = new SmallFleet("AAgent", "BAgent");
        fleet.Write("Shop.cs", Shop);

        var report = await fleet.MigrateAsync();

        report.Agents.ShouldAllBe(agent => agent.Outcome == MigrationOutcome.Lifted);
        fleet.Steps.Where(step => step.Phase == MigrationPhase.Lifting).ShouldAllBe(step => step.Subject == "AAgent, BAgent");
        using var store = SnapshotStore.Open(fleet.Root);
        store.Runs.Single().Transactions.Single(step => step.Files.Contains("Shop.cs")).Agent.ShouldBe(report.Agents[^1].Name);
    }

    [Fact]
    public async Task Agents_that_share_a_file_are_lifted_one_by_one_where_one_of_them_is_broken()
    {
        using var fleet = new SmallFleet("AAgent", "BAgent");
        fleet.Write("Shop.cs", Shop);

        var report = await fleet.MigrateAsync(lift: SmallFleet.Spoiling("BAgent", text => text.Replace("running = true;", "running = ture;")));

        report.Agents.Single(agent => agent.Name == "BAgent").Outcome.ShouldBe(MigrationOutcome.PutBack);
        report.Agents.Single(agent => agent.Name == "AAgent").Outcome.ShouldBe(MigrationOutcome.Lifted);
        fleet.Read("AAgent.cs").ShouldContain(": BaseAgent");
        fleet.Read("BAgent.cs").ShouldNotContain(": BaseAgent");
    }

    [Fact]
    public async Task An_agent_on_a_base_class_of_its_own_fleet_needs_no_marker()
    {
        using var fleet = new SmallFleet("OneAgent");
        fleet.Write(
            "OwnAgent.cs",
            """
            using System.Net.Http;
            using System.Threading.Tasks;

            namespace AgentLift.Own;

            /// <summary>Not the runtime's.</summary>
            public abstract class BaseAgent { }

            /// <summary>Asks.</summary>
            public class OwnAgent : BaseAgent
            {
                private volatile bool running = true;

                public async Task RunAsync()
                {
                    while (running)
                    {
                        using var client = new HttpClient();
                        await client.GetStringAsync("http://localhost:8080/");
                        await Task.Delay(1000);
                    }
                }

                public void Stop() => running = false;
            }
            """);
        var report = await fleet.MigrateAsync(SmallFleet.Options with { Stage = MigrationStage.Integration });

        report.Agents.Single(agent => agent.Name == "OwnAgent").Outcome.ShouldBe(MigrationOutcome.Lifted);
        fleet.Read("OwnAgent.cs").ShouldNotContain("LiftedAgent");
    }

    private const string Shop = """
        namespace Fleet;

        /// <summary>Makes and ends both.</summary>
        public static class Shop
        {
            public static void Open()
            {
                var first = new AAgent();
                first.Start();
                var second = new BAgent();
                second.Start();
                first.Stop();
                second.Stop();
            }
        }
        """;
}
