using System.Text;
using AgentLift.Migration.Migrating;
using AgentLift.Migration.Snapshots;
using AgentLift.Migration.Tests.Migrating;

namespace AgentLift.Migration.Tests.Settings;

/// <summary>Settings of lifted agents, from the code into the files of the program.</summary>
public sealed class SettingsMigrationTests
{
    private const string Settings = "appsettings.json";

    private static readonly MigrationOptions Options = SmallFleet.Options with { IncludeAssisted = true };

    [Fact]
    public async Task The_program_gets_the_section_and_all_comes_back_byte_for_byte()
    {
        using var fleet = FleetOf("OneAgent");
        var before = fleet.State();

        var report = await fleet.MigrateAsync(Options);

        report.Agents.Single().Left.ShouldBeEmpty();
        report.Files.ShouldBe(["Fleet.csproj", "OneAgent.cs", "Program.cs", Settings]);
        fleet.Read(Settings).ShouldBe("{\n  \"Agents\": {\n    \"OneAgent\": {\n      \"OneMillis\": 100,\n      \"OneGreeting\": \"hi\"\n    }\n  }\n}\n");
        fleet.Read("Fleet.csproj").ShouldContain("    <None Update=\"appsettings.json\" CopyToOutputDirectory=\"PreserveNewest\" />");
        fleet.Read("Program.cs").ShouldContain("builder.Services.AddOptions<OneAgentOptions>().BindConfiguration(\"Agents:OneAgent\")");
        using var store = SnapshotStore.Open(fleet.Root);
        store.Rollback(new RollbackSelection { Run = report.Run });
        fleet.State().ShouldBe(before);
    }

    [Fact]
    public async Task Two_agents_share_the_file_and_one_of_them_can_be_taken_back_alone()
    {
        using var fleet = FleetOf("OneAgent", "TwoAgent");

        var report = await fleet.MigrateAsync(Options with { BatchSize = 1 });

        report.Agents.ShouldAllBe(agent => agent.Outcome == MigrationOutcome.Lifted);
        fleet.Read(Settings).ShouldBe(
            "{\n  \"Agents\": {\n    \"OneAgent\": {\n      \"OneMillis\": 100,\n      \"OneGreeting\": \"hi\"\n    },\n    \"TwoAgent\": {\n      \"TwoMillis\": 100,\n      \"TwoGreeting\": \"hi\"\n    }\n  }\n}\n");
        using var store = SnapshotStore.Open(fleet.Root);
        Should.NotThrow(() => store.Rollback(new RollbackSelection { Run = report.Run, Agent = "OneAgent" }));
    }

    [Fact]
    public async Task A_second_run_writes_nothing()
    {
        using var fleet = FleetOf("OneAgent");
        await fleet.MigrateAsync(Options);
        var once = fleet.State();

        var report = await fleet.MigrateAsync(Options);

        report.Files.ShouldBeEmpty();
        fleet.State().ShouldBe(once);
    }

    [Fact]
    public async Task A_dry_run_shows_the_section_and_leaves_no_trace()
    {
        using var fleet = FleetOf("OneAgent");
        var before = fleet.State();
        using var patch = new MemoryStream();

        await fleet.MigratorOf(await fleet.LoadAsync(), Options).DryRunAsync(patch, CancellationToken.None);

        Encoding.UTF8.GetString(patch.ToArray()).ShouldContain("--- /dev/null\n+++ b/appsettings.json\n@@ -0,0 +1,8 @@\n+{\n+  \"Agents\": {\n");
        fleet.State().ShouldBe(before);
    }

    [Fact]
    public async Task A_file_that_is_there_keeps_its_mark_line_endings_comments_and_values()
    {
        using var fleet = FleetOf("OneAgent");
        const string Present = "{\r\n\t// ours\r\n\t\"Agents\": { \"OneAgent\": { \"OneMillis\": 250 } }\r\n}\r\n";
        File.WriteAllBytes(fleet.At(Settings), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Present)]);

        var report = await fleet.MigrateAsync(Options);

        File.ReadAllBytes(fleet.At(Settings)).ShouldBe([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Present.Replace("250 }", "250, \"OneGreeting\": \"hi\" }", StringComparison.Ordinal))]);
        report.Agents.Single().Left.Select(left => left.Reason).ShouldBe(["Agents:OneAgent:OneMillis is 250 there and was 100 in the code: decide which of them holds"]);
    }

    [Fact]
    public async Task A_file_that_does_not_parse_is_named_with_its_line_and_the_lift_goes_on()
    {
        using var fleet = FleetOf("OneAgent");
        fleet.Write(Settings, "{\n  \"X\": 1\n  \"Y\": 2\n}\n");

        var report = await fleet.MigrateAsync(Options);

        report.Succeeded.ShouldBeTrue();
        fleet.Read("OneAgent.cs").ShouldContain(": BaseAgent");
        fleet.Read(Settings).ShouldBe("{\n  \"X\": 1\n  \"Y\": 2\n}\n");
        fleet.Read("Fleet.csproj").ShouldNotContain(Settings);
        var left = report.Agents.Single().Left.ShouldHaveSingleItem();
        (left.Rule, left.Place.File, left.Place.Line).ShouldBe(("AGL1003", Settings, 3));
        left.Reason.ShouldStartWith("it does not parse (");
        left.Reason.ShouldEndWith("put the settings of OneAgent there by hand: Agents:OneAgent:OneMillis = 100, Agents:OneAgent:OneGreeting = \"hi\"");
    }

    [Fact]
    public async Task A_secret_is_told_and_not_written()
    {
        using var fleet = FleetOf("OneAgent");
        fleet.Write("OneAgent.cs", fleet.Read("OneAgent.cs").Replace("ONE_GREETING", "ONE_PASSWORD", StringComparison.Ordinal));

        var report = await fleet.MigrateAsync(Options);

        fleet.Read(Settings).ShouldBe("{\n  \"Agents\": {\n    \"OneAgent\": {\n      \"OneMillis\": 100\n    }\n  }\n}\n");
        var left = report.Agents.Single().Left.ShouldHaveSingleItem();
        left.Place.File.ShouldBe("OneAgent.cs");
        left.Reason.ShouldStartWith("Agents:OneAgent:OnePassword may be a secret, so it is written into no appsettings.json: give it by user secrets or the variable Agents__OneAgent__OnePassword");
    }

    [Fact]
    public async Task An_agent_that_no_program_runs_has_its_settings_told()
    {
        using var fleet = FleetOf("OneAgent");
        File.Delete(fleet.At("Program.cs"));

        var report = await fleet.MigrateAsync(Options);

        File.Exists(fleet.At(Settings)).ShouldBeFalse();
        report.Agents.Single().Left.ShouldHaveSingleItem().Reason.ShouldBe(
            "no program here runs it: put its settings into the appsettings.json of the one that does: Agents:OneAgent:OneMillis = 100, Agents:OneAgent:OneGreeting = \"hi\"");
    }

    [Fact]
    public async Task A_command_that_fails_takes_the_file_away_again()
    {
        using var fleet = FleetOf("OneAgent", "TwoAgent");
        var before = fleet.State();

        await fleet.MigrateAsync(Options with { VerifyCommands = ["test -f appsettings.json && exit 1"] });

        fleet.State().ShouldBe(before);
    }

    // Agents that take two settings from the environment, and a program that runs them.
    private static SmallFleet FleetOf(params string[] agents)
    {
        var fleet = new SmallFleet(agents);
        foreach (var agent in agents)
        {
            var prefix = agent[..3].ToUpperInvariant();
            fleet.Write($"{agent}.cs", fleet.Read($"{agent}.cs").Replace(
                "    public void Start()",
                $$"""
                    private readonly int millis;
                    private readonly string greeting;

                    public {{agent}}()
                    {
                        millis = int.Parse(Environment.GetEnvironmentVariable("{{prefix}}_MILLIS") ?? "100");
                        greeting = Environment.GetEnvironmentVariable("{{prefix}}_GREETING") ?? "hi";
                    }

                    public int Length => millis + greeting.Length;

                    public void Start()
                """.ReplaceLineEndings("\n"),
                StringComparison.Ordinal));
        }

        fleet.Write("Program.cs", "using Fleet;\n\n" + string.Concat(agents.Select(agent => $"var {agent[..3].ToLowerInvariant()} = new {agent}();\n{agent[..3].ToLowerInvariant()}.Start();\n")) + "Console.ReadLine();\n");
        return fleet;
    }
}
