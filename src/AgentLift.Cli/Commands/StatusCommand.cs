using System.CommandLine;
using AgentLift.Cli.Reports.Pages;
using AgentLift.Cli.Terminal;
using AgentLift.Migration.Adoption;
using AgentLift.Migration.Migrating;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift status PATH</c>.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A solution, project or folder, as for assess. Default: the current folder.", DefaultValueFactory = _ => "." };
        var reporting = new ReportChoices();
        var shared = new SharedOptions();
        var command = new Command("status", "Say how far a fleet has come: adoption, stages, trend over runs, and agents that stay legacy.") { path };
        reporting.AddTo(command);
        shared.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var options = shared.Read(result);
            var report = reporting.Read(result, shared.Verbosity(result));
            var source = await ProgressDisplay.RunAsync(report.Verbosity, progress => MigrationSource.LoadAsync(result.GetRequiredValue(path), options, progress, cancellationToken));
            var status = FleetStatus.Of(source.Assessment, source.Root, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
            await report.WriteAsync(StatusPage.Of(status), cancellationToken);
            ErrorLines.Write(status.Errors, Console.Error);
            return (int)ExitCodes.Of(status.Errors);
        });
        return command;
    }
}
