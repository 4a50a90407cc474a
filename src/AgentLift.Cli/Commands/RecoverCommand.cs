using System.CommandLine;
using AgentLift.Cli.Output;
using AgentLift.Cli.Terminal;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift recover [PATH]</c>.</summary>
internal static class RecoverCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "What was migrated. Default: the current folder.", DefaultValueFactory = _ => "." };
        var command = new Command("recover", "Undo what a crash cut short. A migration and a rollback do this by themselves when they start.") { path };
        command.SetAction(result =>
        {
            var target = new ReportTarget(ReportFormat.Table, null, Verbosity.Normal);
            using var store = SnapshotStore.Open(StoreRoot.Of(result.GetRequiredValue(path)));
            var recovery = store.Recover();
            RecoveryLines.Write(recovery, target);
            if (recovery.Undone.IsEmpty)
                target.Say("Nothing was cut short.");
            return (int)(recovery.Conflicts.IsEmpty ? ExitCode.Success : ExitCode.TreeRefused);
        });
        return command;
    }
}
