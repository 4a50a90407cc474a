using System.Diagnostics;

namespace AgentLift.Cli.Tests.Migrating;

public sealed class MigrateTests
{
    [Fact]
    public async Task A_dry_run_prints_a_diff_that_git_applies_and_writes_nothing()
    {
        using var project = new SmallProject();
        var before = project.Code;

        var dry = await project.MigrateAsync("--dry-run");
        var untouched = project.Code == before && !project.HasStore;
        await File.WriteAllTextAsync(project.At("lift.patch"), dry.Output);
        using var git = Process.Start(new ProcessStartInfo("git", ["apply", "lift.patch"]) { WorkingDirectory = project.Path })!;
        await git.WaitForExitAsync();

        dry.ExitCode.ShouldBe(0, dry.Errors);
        untouched.ShouldBeTrue();
        git.ExitCode.ShouldBe(0);
        project.Code.ShouldContain("class PollAgent : BaseAgent");
        dry.Errors.ShouldContain("1 agent would be lifted");
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_nothing_is_written_without_yes()
    {
        using var project = new SmallProject();

        var refused = await Tool.RunAsync(project.Path, ["sh", "-c", "exec \"$@\" < /dev/null", "sh"], new Dictionary<string, string>(), "migrate", ".");

        refused.ExitCode.ShouldBe(2, refused.Errors);
        refused.ErrorLines.ShouldHaveSingleItem().ShouldBe("agentlift: error: nobody can be asked here: standard input is no terminal; add --yes to write, or --dry-run to look first");
        project.HasStore.ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_command_on_the_same_files_answers_without_loading_them()
    {
        using var project = new SmallProject();
        await project.MigrateAsync("--yes");

        var again = await project.MigrateAsync("--yes");
        File.AppendAllText(project.At("PollAgent.cs"), "// a person's\n");
        var looked = await project.MigrateAsync("--yes");

        again.ExitCode.ShouldBe(0, again.Errors);
        again.Errors.ShouldContain("Nothing has changed since this command found nothing left to do.");
        again.Errors.ShouldNotContain("Loading");
        again.Output.ShouldContain("Nothing to do");
        looked.Errors.ShouldContain("Loading");
        looked.Output.ShouldContain("Nothing to do");
    }

    [Fact]
    public async Task A_command_that_fails_takes_the_stage_back_and_the_exit_code_says_so()
    {
        using var project = new SmallProject();
        var before = project.Code;

        var result = await project.MigrateAsync("--yes", "--verify", "echo the tests are red; exit 1");

        result.ExitCode.ShouldBe(4, result.Errors);
        result.Output.ShouldContain("the tests are red");
        project.Code.ShouldBe(before);
    }

    [Fact]
    public async Task A_rollback_over_work_of_someone_else_is_refused_and_says_how_to_merge()
    {
        using var project = new SmallProject();
        (await project.MigrateAsync("--yes")).ExitCode.ShouldBe(0);
        project.Code += "// mine\n";

        var refused = await project.RunAsync("rollback");
        var left = await Tool.RunAsync(Path.GetTempPath(), "rollback", project.Path, "--leave", "PollAgent.cs");

        refused.ExitCode.ShouldBe(5, refused.Errors);
        refused.Errors.ShouldContain("PollAgent.cs: the file was changed since the run; merge it at the root with: git merge-file PollAgent.cs");
        left.ExitCode.ShouldBe(0, left.Errors);
        project.Code.ShouldEndWith("// mine\n");
        (await File.ReadAllTextAsync(project.At("Fleet.csproj"))).ShouldNotContain("AgentLift.Runtime");
    }

    [Fact]
    public async Task A_run_is_listed_and_its_patch_takes_it_back()
    {
        using var project = new SmallProject();
        var before = project.Code;
        await project.MigrateAsync("--yes");

        var list = await project.RunAsync("runs");
        var id = Directory.EnumerateDirectories(project.At(".agentlift/runs")).Select(Path.GetFileName).Single()!;
        var reverse = await project.RunAsync("runs", "--patch", id, "--reverse");
        await File.WriteAllTextAsync(project.At("back.patch"), reverse.Output);
        using var git = Process.Start(new ProcessStartInfo("git", ["apply", "back.patch"]) { WorkingDirectory = project.Path })!;
        await git.WaitForExitAsync();

        list.Output.ShouldContain(id);
        list.Output.ShouldContain("applied");
        git.ExitCode.ShouldBe(0);
        project.Code.ShouldBe(before);
    }

    [Fact]
    public async Task An_exception_is_recorded_planned_for_and_told_when_its_review_is_due()
    {
        using var project = new SmallProject();

        var added = await project.RunAsync("exception", "add", "PollAgent", "--reason", "goes away", "--review", "2020-01-31");
        var plan = await project.RunAsync("plan", ".", "--no-restore");
        var status = await project.RunAsync("status", "--no-restore");

        added.ExitCode.ShouldBe(0, added.Errors);
        plan.Output.ShouldContain("PollAgent (low): it stays legacy until 2020-01-31: goes away");
        status.Output.ShouldContain("Review is overdue for PollAgent.");
    }

    [Fact]
    public async Task Where_nothing_was_migrated_there_is_nothing_to_take_back_or_recover()
    {
        using var project = new SmallProject();

        foreach (var command in new[] { "rollback", "runs", "recover" })
        {
            var result = await project.RunAsync(command);
            result.ExitCode.ShouldBe(2);
            result.ErrorLines.ShouldHaveSingleItem().ShouldBe(".: error: nothing was migrated here; name the solution or folder that was migrated");
        }
    }
}
