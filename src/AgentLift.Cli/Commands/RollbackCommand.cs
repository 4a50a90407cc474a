using System.CommandLine;
using System.Diagnostics;
using AgentLift.Cli.Output;
using AgentLift.Cli.Reports.Pages;
using AgentLift.Cli.Terminal;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift rollback [PATH]</c>.</summary>
internal static class RollbackCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "What was migrated. Default: the current folder.", DefaultValueFactory = _ => "." };
        var run = new Option<string>("--run") { Description = "The run, as agentlift runs lists it. Default: the last one that still stands.", HelpName = "ID" };
        var stage = new Option<string>("--stage") { Description = "Only this stage: infrastructure, core-logic or integration.", HelpName = "STAGE" };
        stage.AcceptOnlyFromAmong("infrastructure", "core-logic", "integration");
        var agent = new Option<string>("--agent") { Description = "Only this agent, or this project file.", HelpName = "NAME" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be restored." };
        var leave = new Option<string[]>("--leave") { Description = "A file that stays as it is, because you have merged it by hand. May be repeated.", HelpName = "FILE" };
        var reporting = new ReportChoices();
        var command = new Command("rollback", "Take back what a migration wrote, byte for byte: a run, a stage or an agent.") { path, run, stage, agent, dryRun, leave };
        reporting.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var given = result.GetRequiredValue(path);
            var target = reporting.Read(result);
            using var store = SnapshotStore.Open(StoreRoot.Of(given));
            RecoveryLines.Write(store.Recover(), target);
            var clock = Stopwatch.StartNew();
            var report = store.Rollback(
                new RollbackSelection
                {
                    Run = result.GetValue(run),
                    Stage = result.GetValue(stage),
                    Agent = result.GetValue(agent) is { } name ? NameOf(store, name) : null,
                    Leave = [.. (result.GetValue(leave) ?? []).Select(file => FileOf(store, file))],
                    // The next build has to see that the files are other ones again.
                    NewTimeStamps = true,
                },
                result.GetValue(dryRun));
            await target.WriteAsync(RollbackPage.Of(report, given, clock.Elapsed), cancellationToken);
            return (int)ExitCode.Success;
        });
        return command;
    }

    // As reports name it, relative to the solution; else as the shell sees it.
    private static string FileOf(SnapshotStore store, string file) =>
        store.Runs.SelectMany(run => run.Files).Contains(file.Replace('\\', '/'), StringComparer.Ordinal) ? file : Path.GetFullPath(file);

    private static string NameOf(SnapshotStore store, string name)
    {
        var names = store.Runs.SelectMany(run => run.Agents).Distinct(StringComparer.Ordinal).ToList();
        return names.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UnusableInputException(new AssessmentError(null, null, $"no run wrote an agent called '{name}'", $"those written are {string.Join(", ", names.Order(StringComparer.Ordinal).Take(20))}"));
    }
}
