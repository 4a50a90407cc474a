namespace AgentLift.Cli.Tests.Migrating;

/// <summary>Files that cannot be written, are held or changed by others, or lie elsewhere: nothing is lost, and the error says what to do.</summary>
public sealed class HostileTreeTests
{
    private static readonly string[] Yes = ["--yes", "--no-restore"];

    [PrivilegedFact("mount")]
    public async Task On_a_full_disk_nothing_is_half_written_and_once_there_is_space_all_goes_on()
    {
        using var project = new SmallProject("disk", path => PrivilegedFactAttribute.Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", path));
        try
        {
            await project.MigrateAsync("--dry-run");
            var before = project.State();

            Fill(project);
            var full = await project.MigrateAsync(Yes);
            File.Delete(project.At("obj/fill"));
            full.ExitCode.ShouldBe(5, full.Errors);
            full.Errors.ShouldContain("No space left on device");
            full.Errors.ShouldContain("free space on the disk, then run again");
            project.State().ShouldBe(before);

            (await project.MigrateAsync(Yes)).ExitCode.ShouldBe(0);
            var after = project.State();
            Fill(project);
            var back = await project.RunAsync("rollback");
            File.Delete(project.At("obj/fill"));
            back.ExitCode.ShouldBe(5, back.Errors);
            back.Errors.ShouldContain("free space on the disk, then run again");
            project.State().ShouldBe(after);

            (await project.RunAsync("recover")).ExitCode.ShouldBe(0);
            (await project.RunAsync("rollback")).ExitCode.ShouldBe(0);
            project.State().ShouldBe(before);
        }
        finally
        {
            PrivilegedFactAttribute.Run("umount", "--lazy", project.Path);
        }
    }

    [PrivilegedFact("chattr")]
    public async Task A_file_that_not_even_root_may_write_is_named_by_migrate_and_by_rollback()
    {
        using var project = new SmallProject();
        var before = project.State();
        PrivilegedFactAttribute.Run("chattr", "+i", project.At("PollAgent.cs"));
        try
        {
            var refused = await project.MigrateAsync("--yes");
            refused.ExitCode.ShouldBe(5, refused.Errors);
            refused.Errors.ShouldContain("PollAgent.cs: the file cannot be written: ");
            refused.Errors.ShouldContain("give yourself write permission for the file and its folder, then run again; nothing was written: run again to begin anew");
            project.State().ShouldBe(before);

            PrivilegedFactAttribute.Run("chattr", "-i", project.At("PollAgent.cs"));
            (await project.MigrateAsync(Yes)).ExitCode.ShouldBe(0);
            var after = project.State();
            PrivilegedFactAttribute.Run("chattr", "+i", project.At("PollAgent.cs"));
            var stays = await project.RunAsync("rollback");
            stays.ExitCode.ShouldBe(5, stays.Errors);
            stays.ErrorLines.ShouldHaveSingleItem().ShouldContain("PollAgent.cs: the file cannot be written: ");
            project.State().ShouldBe(after);
            (await project.RunAsync("recover")).Errors.ShouldContain("Nothing was cut short.");
        }
        finally
        {
            PrivilegedFactAttribute.Run("chattr", "-i", project.At("PollAgent.cs"));
        }
    }

    // Between two batches the tool has read all files and waits: whoever comes then comes in time, however slow the machine is.
    [Fact]
    public async Task A_file_that_another_process_holds_or_changes_after_it_was_read_stays_as_it_is()
    {
        using var project = new SmallProject();
        File.WriteAllText(project.At("AlphaAgent.cs"), project.Code.Replace("PollAgent", "AlphaAgent", StringComparison.Ordinal));
        var before = project.Code;
        FileStream? held = null;
        var locked = await MigrateAsync(() => held = new FileStream(project.At("PollAgent.cs"), FileMode.Open, FileAccess.ReadWrite, FileShare.None));
        held!.Dispose();
        project.Code.ShouldBe(before);
        (await project.RunAsync("rollback")).ExitCode.ShouldBe(0);

        var changed = await MigrateAsync(() => project.Code += "// mine\n");

        locked.ExitCode.ShouldBe(5, locked.Errors);
        locked.Errors.ShouldContain("PollAgent.cs: the file cannot be read: ");
        locked.Errors.ShouldContain("close the program that holds the file, then run again; what was written stands: run again to go on, or take it back with 'agentlift rollback --run ");
        changed.ExitCode.ShouldBe(5, changed.Errors);
        changed.Errors.ShouldContain("PollAgent.cs: the file was changed by someone else since it was read; run again, so that the work starts from its present content");
        project.Code.ShouldBe(before + "// mine\n");

        Task<ToolResult> MigrateAsync(Action whilePausing) => Tool.RunAsync(
            project.Path,
            line =>
            {
                if (line.StartsWith("Pausing", StringComparison.Ordinal))
                    whilePausing();
            },
            ["migrate", ".", "--stage", "infrastructure", "--batch-size", "1", "--batch-pause", "5s", "--yes"]);
    }

    [Fact]
    public async Task Paths_with_spaces_and_letters_of_all_kinds_are_migrated_printed_as_a_patch_and_taken_back()
    {
        using var project = new SmallProject("Flotte älter/日本 größe 🚀");
        File.Move(project.At("PollAgent.cs"), project.At("Ägent α 1.cs"));
        var before = project.State();

        var migrate = await project.MigrateAsync("--yes");
        var id = Directory.EnumerateDirectories(project.At(".agentlift/runs")).Select(Path.GetFileName).Single()!;
        var patch = await project.RunAsync("runs", "--patch", id);
        var lifted = project.State();
        var back = await Tool.RunAsync(Path.GetTempPath(), "rollback", project.Path);

        migrate.ExitCode.ShouldBe(0, migrate.Errors);
        lifted["Ägent α 1.cs"].ShouldContain("class PollAgent : BaseAgent");
        patch.Output.ShouldContain("+public partial class PollAgent : BaseAgent");
        back.ExitCode.ShouldBe(0, back.Errors);
        back.Output.ShouldContain("Ägent α 1.cs");
        project.State().ShouldBe(before);
    }

    [UnixFact]
    public async Task A_link_to_a_file_of_the_target_stays_a_link_and_one_that_leads_out_is_refused()
    {
        using var project = new SmallProject();
        Directory.CreateDirectory(project.At("real"));
        File.Move(project.At("PollAgent.cs"), project.At("real/PollAgent.txt"));
        File.CreateSymbolicLink(project.At("PollAgent.cs"), "real/PollAgent.txt");
        var before = project.State();

        var inside = await project.MigrateAsync("--yes");
        var lifted = await File.ReadAllTextAsync(project.At("real/PollAgent.txt"));
        var back = await project.RunAsync("rollback");

        inside.ExitCode.ShouldBe(0, inside.Errors);
        lifted.ShouldContain("class PollAgent : BaseAgent");
        new FileInfo(project.At("PollAgent.cs")).LinkTarget.ShouldBe("real/PollAgent.txt");
        back.ExitCode.ShouldBe(0, back.Errors);
        project.State().ShouldBe(before);

        using var elsewhere = new TemporaryFolder();
        File.Move(project.At("real/PollAgent.txt"), elsewhere.At("PollAgent.txt"));
        File.Delete(project.At("PollAgent.cs"));
        File.CreateSymbolicLink(project.At("PollAgent.cs"), elsewhere.At("PollAgent.txt"));

        var outside = await project.MigrateAsync(Yes);

        outside.ExitCode.ShouldBe(5, outside.Errors);
        outside.Errors.ShouldContain($"PollAgent.txt: it leads out of {project.Path}; migrate a folder that holds all its files; nothing was written");
        project.State().ShouldBe(before.Where(file => file.Key != "real/PollAgent.txt"));
    }

    private static void Fill(SmallProject project)
    {
        using var fill = new FileStream(project.At("obj/fill"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
                fill.Write(block);
        }
        catch (IOException)
        {
            // That is what it is for.
        }
    }
}
