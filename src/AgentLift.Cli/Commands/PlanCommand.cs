using System.CommandLine;
using AgentLift.Cli.Output;
using AgentLift.Cli.Reports.Pages;
using AgentLift.Cli.Terminal;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Migrating;
using AgentLift.Migration.Planning;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift plan PATH</c>.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A solution, project or folder, as for assess." };
        var lift = new LiftChoices();
        var reporting = new ReportChoices();
        var shared = new SharedOptions();
        var command = new Command("plan", "Say in which order and by which strategy agents would be lifted, what each stage removes, and what stays for people.") { path };
        lift.AddTo(command);
        reporting.AddTo(command);
        shared.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(path), shared.Read(result), lift.Read(result), reporting.Read(result, shared.Verbosity(result)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string path, AssessmentOptions assessment, MigrationOptions options, ReportTarget report, CancellationToken cancellationToken)
    {
        var plan = await ProgressDisplay.RunAsync(report.Verbosity, async progress =>
        {
            var source = await MigrationSource.LoadAsync(path, assessment, progress, cancellationToken);
            return await new MigrationPlanner(source, options).PlanAsync(cancellationToken);
        });
        await report.WriteAsync(PlanPage.Of(plan), cancellationToken);
        ErrorLines.Write(plan.Errors, Console.Error);
        return (int)ExitCodes.Of(plan.Errors);
    }
}
