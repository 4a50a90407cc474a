using System.CommandLine;
using AgentLift.Cli.Reports.Pages;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift runs [PATH]</c>.</summary>
internal static class RunsCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "What was migrated. Default: the current folder.", DefaultValueFactory = _ => "." };
        var patch = new Option<string>("--patch") { Description = "Print this run as a patch for 'git apply' instead of the list.", HelpName = "ID" };
        var reverse = new Option<bool>("--reverse") { Description = "With --patch: the patch that takes the run back." };
        var prune = new Option<int?>("--prune") { Description = $"Keep only this many runs, and those of them that can still be rolled back. A migration keeps {SnapshotStore.DefaultGenerations}.", HelpName = "N" };
        var reporting = new ReportChoices();
        var command = new Command("runs", "List what migrations wrote, export a run as a patch, or remove old runs.") { path, patch, reverse, prune };
        reporting.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(reverse) && result.GetValue(patch) is null)
                result.AddError("--reverse needs --patch ID.");
            if (result.GetValue(prune) < 1)
                result.AddError("--prune takes a whole number from 1.");
        });
        command.SetAction(async (result, cancellationToken) =>
        {
            var given = result.GetRequiredValue(path);
            var root = StoreRoot.Of(given);
            if (result.GetValue(patch) is { } run)
            {
                await using var output = Console.OpenStandardOutput();
                RunPatch.Write(root, run, output, result.GetValue(reverse));
                return (int)ExitCode.Success;
            }

            var target = reporting.Read(result);
            if (result.GetValue(prune) is { } keep)
            {
                using var store = SnapshotStore.Open(root);
                var pruned = store.Prune(keep);
                target.Say($"Removed {pruned.Runs.Length} runs and {pruned.Objects} stored files.");
            }

            await target.WriteAsync(RunsPage.Of(RunHistory.Read(root), given), cancellationToken);
            return (int)ExitCode.Success;
        });
        return command;
    }
}
