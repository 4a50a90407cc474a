using System.CommandLine;
using System.Globalization;
using AgentLift.Cli.Output;
using AgentLift.Cli.Reports.Pages;
using AgentLift.Cli.Terminal;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Loading;
using AgentLift.Migration.Migrating;
using AgentLift.Migration.Reruns;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift migrate PATH</c>.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A solution, project or folder, as for assess." };
        var lift = new LiftChoices();
        var pause = new Option<TimeSpan>("--batch-pause")
        {
            Description = "The pause between batches, such as 30s, 2m or 0. Default: 30s.",
            HelpName = "TIME",
            CustomParser = result => Duration.Parse(result.Tokens[0].Value, result.AddError),
            DefaultValueFactory = _ => MigrationOptions.DefaultBatchPause,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Lift and verify in memory, and print a unified diff. Nothing is written." };
        var verify = new Option<string[]>("--verify")
        {
            Description = "A command that must succeed after each stage of a batch, such as 'dotnet test'; else the stage of that batch is taken back. May be repeated.",
            HelpName = "CMD",
        };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask. Needed where standard input is no terminal." };
        var reporting = new ReportChoices();
        var shared = new SharedOptions();
        var command = new Command("migrate", "Lift agents stage by stage: rewrite, verify, write, and take back what does not hold.") { path };
        lift.AddTo(command);
        foreach (var option in new Option[] { pause, dryRun, verify, yes })
            command.Options.Add(option);
        reporting.AddTo(command);
        shared.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(dryRun) && reporting.TakesStandardOutput(result))
                result.AddError("--dry-run prints the diff to standard output: name a file for the report with --output.");
        });
        command.SetAction((result, cancellationToken) => new Migration(
            result.GetRequiredValue(path),
            shared.Read(result),
            lift.Read(result) with
            {
                BatchPause = result.GetValue(pause),
                VerifyCommands = [.. result.GetValue(verify) ?? []],
                CommandLine = "agentlift " + string.Join(' ', result.Tokens.Select(token => token.Value)),
            },
            reporting.Read(result, shared.Verbosity(result)),
            result.GetValue(yes)).RunAsync(result.GetValue(dryRun), cancellationToken));
        return command;
    }

    /// <summary>One run of the command.</summary>
    private sealed record Migration(string Path, AssessmentOptions Assessment, MigrationOptions Options, ReportTarget Report, bool Yes)
    {
        // The texts of files that the command line names may change while their names stay.
        private IReadOnlyList<string> Command =>
            [Environment.CurrentDirectory, Options.CommandLine, RoslynFromSdk.Folder, Assessment.Overrides.MatrixFile?.Content ?? "", Assessment.Overrides.Manifest?.Content ?? ""];

        public Task<int> RunAsync(bool dryRun, CancellationToken cancellationToken) => dryRun ? DryRunAsync(cancellationToken) : WriteAsync(cancellationToken);

        private async Task<int> DryRunAsync(CancellationToken cancellationToken)
        {
            var source = await LoadAsync(cancellationToken);
            await using var output = Console.OpenStandardOutput();
            var report = await MigrationDisplay.RunAsync(Report.Verbosity, progress => new Migrator(source, Options, progress).DryRunAsync(output, cancellationToken));
            var page = MigrationPage.Of(report);
            if (Report.File is not null)
                await Report.WriteAsync(page, CancellationToken.None);
            else if (Report.Verbosity >= Verbosity.Minimal)
                ReportWriters.WriteToStandardError(page, Report.Verbosity);
            return ExitOf(report);
        }

        private async Task<int> WriteAsync(CancellationToken cancellationToken)
        {
            Consent.Demand(Yes);
            var root = AssessTarget.Resolve(Path).Root;
            using var store = SnapshotStore.Open(root);
            RecoveryLines.Write(store.Recover(), Report);
            var settled = new SettledRun(root, Command, Report.File);
            if (settled.Find() is { } known)
            {
                Report.Say("Nothing has changed since this command found nothing left to do.");
                await Report.WriteAsync(MigrationPage.Of(known), CancellationToken.None);
                return ExitOf(known);
            }

            var source = await LoadAsync(cancellationToken);
            var agents = source.Assessment.Agents.Count(agent => !agent.Lifted);
            if (!Consent.Given(Yes, $"Lift up to {agents} agents of {Path} through the stage {Options.Stage.ToKebabCase()}? Every write can be rolled back."))
            {
                Report.Say("Nothing was written.");
                return (int)ExitCode.Success;
            }

            var report = await MigrationDisplay.RunAsync(Report.Verbosity, progress => new Migrator(source, Options, progress).RunAsync(store, cancellationToken));
            store.Prune();
            settled.Remember(report, source, store);
            await Report.WriteAsync(MigrationPage.Of(report), CancellationToken.None);
            return ExitOf(report);
        }

        private async Task<MigrationSource> LoadAsync(CancellationToken cancellationToken)
        {
            var source = await ProgressDisplay.RunAsync(Report.Verbosity, progress => MigrationSource.LoadAsync(Path, Assessment, progress, cancellationToken));
            ErrorLines.Write(source.Assessment.Errors, Console.Error);
            return source;
        }

        private static int ExitOf(MigrationReport report)
        {
            if (report.Stop is { } stop)
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"agentlift: {stop.Message}; {stop.NextStep}"));
            return (int)(report.Stop?.Kind switch
            {
                MigrationStopKind.Cancelled => ExitCode.Cancelled,
                MigrationStopKind.Refused => ExitCode.TreeRefused,
                _ => report.Succeeded ? ExitCodes.Of(report.Errors) : ExitCode.PutBack,
            });
        }
    }
}
