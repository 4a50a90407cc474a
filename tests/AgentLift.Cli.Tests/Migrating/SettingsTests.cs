using System.Diagnostics;

namespace AgentLift.Cli.Tests.Migrating;

/// <summary>Configuration to options, with the section of appsettings.json.</summary>
public sealed class SettingsTests
{
    private static readonly string[] Assisted = ["--include-assisted"];

    [Fact]
    public async Task A_dry_run_shows_the_section_and_git_applies_it()
    {
        using var project = Project();

        var dry = await project.MigrateAsync([.. Assisted, "--dry-run"]);
        var untouched = !File.Exists(project.At("appsettings.json"));
        await File.WriteAllTextAsync(project.At("lift.patch"), dry.Output);
        using var git = Process.Start(new ProcessStartInfo("git", ["apply", "lift.patch"]) { WorkingDirectory = project.Path })!;
        await git.WaitForExitAsync();

        dry.ExitCode.ShouldBe(0, dry.Errors);
        dry.Output.ShouldContain("--- /dev/null\n+++ b/appsettings.json\n");
        untouched.ShouldBeTrue();
        git.ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(project.At("appsettings.json"))).ShouldBe("{\n  \"Agents\": {\n    \"PollAgent\": {\n      \"PollMillis\": 100\n    }\n  }\n}\n");
    }

    [Fact]
    public async Task The_section_is_written_bound_and_taken_back_with_the_run()
    {
        using var project = Project();
        var before = project.State();

        var migrated = await project.MigrateAsync([.. Assisted, "--yes"]);
        var lifted = project.State();
        File.Delete(project.At(System.IO.Path.Combine(".agentlift", "settled.json")));
        var again = await project.MigrateAsync([.. Assisted, "--yes"]);
        var back = await project.RunAsync("rollback");

        migrated.ExitCode.ShouldBe(0, migrated.Errors);
        lifted["appsettings.json"].ShouldContain("\"PollMillis\": 100");
        lifted["Fleet.csproj"].ShouldContain("<None Update=\"appsettings.json\" CopyToOutputDirectory=\"PreserveNewest\" />");
        lifted["Program.cs"].ShouldContain("BindConfiguration(\"Agents:PollAgent\")");
        again.Output.ShouldContain("Nothing to do");
        back.ExitCode.ShouldBe(0, back.Errors);
        project.State().ShouldBe(before);
    }

    [Fact]
    public async Task A_file_that_does_not_parse_is_named_with_its_line()
    {
        using var project = Project();
        await File.WriteAllTextAsync(project.At("appsettings.json"), "{\n  \"Logging\": {\n}\n");

        var migrated = await project.MigrateAsync([.. Assisted, "--yes", "--format", "json"]);

        migrated.ExitCode.ShouldBe(0, migrated.Errors);
        migrated.Output.ShouldContain("\"file\": \"appsettings.json\"");
        migrated.Output.ShouldContain("it does not parse (");
        project.Code.ShouldContain("class PollAgent : BaseAgent");
    }

    private static SmallProject Project()
    {
        var project = new SmallProject();
        project.Code = project.Code.Replace(
            "    public void Start()",
            "    private readonly int millis;\n\n    public PollAgent()\n    {\n        millis = int.Parse(Environment.GetEnvironmentVariable(\"POLL_MILLIS\") ?? \"100\");\n    }\n\n    public void Start()",
            StringComparison.Ordinal).Replace("Thread.Sleep(100)", "Thread.Sleep(millis)", StringComparison.Ordinal);
        File.WriteAllText(project.At("Program.cs"), "using Fleet;\n\nvar agent = new PollAgent();\nagent.Start();\nConsole.ReadLine();\nagent.Stop();\n");
        File.WriteAllText(project.At("Fleet.csproj"), File.ReadAllText(project.At("Fleet.csproj")).Replace("    <TargetFramework>", "    <OutputType>Exe</OutputType>\n    <TargetFramework>", StringComparison.Ordinal));
        return project;
    }
}
