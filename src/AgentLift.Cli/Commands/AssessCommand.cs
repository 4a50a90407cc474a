using System.CommandLine;
using AgentLift.Cli.Output;
using AgentLift.Cli.Terminal;
using AgentLift.Core.Risk;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Baselines;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift assess PATH</c>.</summary>
internal static class AssessCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH")
        {
            Description = "A .sln, .slnx, .csproj or .cs file, or a folder: its only solution, else all projects under it, else all C# files.",
        };
        var format = new Option<ReportFormat>("--format", "-f") { Description = "How to write the report: table, json, sarif, html or markdown.", HelpName = "FORMAT" };
        var output = new Option<string>("--output", "-o") { Description = "Write the report to a file instead of standard output.", HelpName = "FILE" };
        var failOn = new Option<RiskLevel?>("--fail-on") { Description = "End with exit code 1 when a legacy agent is of this risk or higher: low, medium, high or critical.", HelpName = "LEVEL" };
        var baseline = new Option<string>("--baseline")
        {
            Description = "Leave out the evidence that this file knows: only new evidence is reported, and --fail-on fails only for agents that have some. Scores stay whole.",
            HelpName = "FILE",
        };
        var update = new Option<bool>("--update-baseline") { Description = "Write all evidence to the file of --baseline." };
        var shared = new SharedOptions();

        var command = new Command("assess", "Assess the agents of a solution, project, folder or file.") { path, format, output, failOn, baseline, update };
        shared.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(update) && result.GetValue(baseline) is null)
                result.AddError("--update-baseline needs --baseline FILE, the file to write.");
        });
        command.SetAction((result, cancellationToken) => new Assessment(
            result.GetRequiredValue(path),
            shared.Read(result),
            new ReportTarget(result.GetValue(format), result.GetValue(output), shared.Verbosity(result)),
            result.GetValue(failOn) is { } level ? new Migration.Gates.RiskGate(level) : null,
            result.GetValue(baseline) is { } file ? new BaselineChoice(file, result.GetValue(update)) : null).RunAsync(cancellationToken));
        return command;
    }

    /// <summary>What to do about a baseline.</summary>
    private sealed record BaselineChoice(string File, bool Update);

    /// <summary>One run of the command.</summary>
    private sealed record Assessment(
        string Path, AssessmentOptions Options, ReportTarget Report, Migration.Gates.RiskGate? Gate, BaselineChoice? Baseline)
    {
        public async Task<int> RunAsync(CancellationToken cancellationToken)
        {
            // Before the long work: a baseline that cannot be read is found out at once.
            var known = Baseline is { Update: false } ? await BaselineFile.ReadAsync(Baseline.File, cancellationToken) : null;
            var fleet = await ProgressDisplay.RunAsync(
                Report.Verbosity,
                progress => new FleetAssessor(Options, progress).AssessAsync(Path, cancellationToken));
            var code = ExitCodes.Of(fleet.Errors);
            if (Baseline is { Update: true })
                known = await UpdateAsync(Baseline.File, fleet, cancellationToken);
            if (known is not null)
                fleet = known.Apply(fleet, Baseline!.File);

            await Report.WriteAsync(fleet, cancellationToken);
            ErrorLines.Write(fleet.Errors, Console.Error);
            return (int)(GateFails(fleet) && code == ExitCode.Success ? ExitCode.GateFailed : code);
        }

        private async Task<Baseline> UpdateAsync(string file, FleetAssessment fleet, CancellationToken cancellationToken)
        {
            var baseline = Migration.Baselines.Baseline.Of(fleet);
            if (fleet.Errors.Any(error => error.Kind == AssessmentErrorKind.Load))
            {
                Console.Error.WriteLine($"{file}: error: the baseline is not written, since not all projects loaded; correct the errors below first");
                return baseline;
            }

            await BaselineFile.WriteAsync(file, baseline, Options.Tool, cancellationToken);
            Report.Say($"Wrote {baseline.Entries.Length} known pieces of evidence to {file}.");
            return baseline;
        }

        private bool GateFails(FleetAssessment fleet)
        {
            if (Gate is null || Gate.FailuresIn(fleet) is not { IsEmpty: false } failures)
                return false;
            var agents = string.Join(", ", failures.Take(5).Select(agent => $"{agent.Name} ({agent.Risk.Score})"));
            var more = failures.Length > 5 ? $" and {failures.Length - 5} more" : string.Empty;
            var only = fleet.Baseline is null ? string.Empty : " with new evidence";
            Report.Say($"Gate failed: {failures.Length} {(failures.Length == 1 ? "agent" : "agents")} of {Core.Rules.KebabCase.ToKebabCase(Gate.From)} risk or higher{only}: {agents}{more}.");
            return true;
        }
    }
}
