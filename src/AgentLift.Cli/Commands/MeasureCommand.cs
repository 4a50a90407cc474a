using System.CommandLine;
using System.Text.RegularExpressions;
using AgentLift.Cli.Output;
using AgentLift.Cli.Reports.Pages;
using AgentLift.Cli.Terminal;
using AgentLift.Migration.Loading;
using AgentLift.Migration.Measuring;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift measure AGENT</c>: starts an agent before and after, several times, and says what start and memory came to.</summary>
internal static class MeasureCommand
{
    public static Command Create()
    {
        var agent = new Argument<string>("AGENT") { Description = "The agent's name, for the report and for agentlift candidates." };
        var before = new Option<string>("--before") { Description = "How to start the form before, such as 'dotnet before/Fleet.dll tutor --port {port}'.", HelpName = "COMMAND", Required = true };
        var after = new Option<string>("--after") { Description = "How to start the form after. {port} is the port to listen on, {port+80} one counted from it.", HelpName = "COMMAND", Required = true };
        var beforeFolder = new Option<string>("--before-folder") { Description = "Where the form before runs. Default: the current folder.", HelpName = "FOLDER" };
        var afterFolder = new Option<string>("--after-folder") { Description = "Where the form after runs. Default: the current folder.", HelpName = "FOLDER" };
        var choices = new MeasureChoices();
        var save = new Option<string>("--save")
        {
            Description = $"Keep the figures in {MeasurementFile.Name} beside this solution, project or folder, where agentlift candidates finds them.",
            HelpName = "PATH",
        };
        var failBelow = new Option<double?>("--fail-below")
        {
            Description = "End with exit code 1 unless it is clear that the agent reaches ready this much sooner, in percent.",
            HelpName = "PERCENT",
        };
        var reporting = new ReportChoices();

        var command = new Command("measure", "Start an agent before and after, several times in turn, and report start to ready and peak memory with their spread.")
        {
            agent, before, after, beforeFolder, afterFolder, save, failBelow,
        };
        choices.AddTo(command);
        reporting.AddTo(command);
        command.SetAction((result, cancellationToken) => new Run(
            result.GetRequiredValue(agent),
            StartCommand.Read(result.GetRequiredValue(before), result.GetValue(beforeFolder)),
            StartCommand.Read(result.GetRequiredValue(after), result.GetValue(afterFolder)),
            choices.Transcript(result),
            choices.ReadyLine(result),
            choices.Options(result),
            result.GetValue(save),
            result.GetValue(failBelow),
            reporting.Read(result)).RunAsync(cancellationToken));
        return command;
    }

    private sealed record Run(
        string Agent,
        AgentCommand Before,
        AgentCommand After,
        string? TranscriptFile,
        Regex? ReadyLine,
        MeasureOptions Options,
        string? SavePath,
        double? FailBelow,
        ReportTarget Report)
    {
        public async Task<int> RunAsync(CancellationToken cancellationToken)
        {
            var transcript = await ReadTranscriptAsync(cancellationToken);
            // Before the long work: a place where nothing can be kept is found out at once.
            var root = SavePath is null ? null : AssessTarget.Resolve(SavePath).Root;
            if (root is not null)
                MeasurementFile.Read(root);

            var measurement = await MeasureDisplay.RunAsync(
                Report.Verbosity,
                progress => StartUpMeasurer.OfProcesses(transcript, Before, After, Options, progress).MeasureAsync(Agent, ToolName.NameAndVersion, Machine.Description, cancellationToken));
            if (root is not null)
                Keep(root, measurement);
            var figures = MeasuredFigures.Of(measurement);
            await Report.WriteAsync(MeasurementPage.Of(figures), cancellationToken);
            return (int)(measurement.DifferingPairs == 0 && GateHolds(figures) ? ExitCode.Success : ExitCode.GateFailed);
        }

        // What another agent gains is no improvement of this one.
        private void Keep(string root, AgentMeasurement measurement)
        {
            if (measurement.DifferingPairs > 0)
            {
                Report.Say($"Not kept in {MeasurementFile.Name}, since the two forms do not behave the same.");
                return;
            }

            MeasurementFile.Keep(root, measurement);
            Report.Say($"Kept in {MeasurementFile.Name}; commit it.");
        }

        private async Task<Transcript> ReadTranscriptAsync(CancellationToken cancellationToken)
        {
            var transcript = TranscriptFile is null
                ? ReadySign.NothingAsked(Agent)
                : TranscriptReader.Read(TranscriptFile, await InputFile.ReadAsync(TranscriptFile, "transcript", cancellationToken));
            return ReadyLine is null ? transcript : transcript with { Ready = ReadyLine };
        }

        private bool GateHolds(MeasuredFigures figures)
        {
            if (FailBelow is not { } percent || figures.Ready.Improvement?.Reaches(percent) == true)
                return true;
            var clear = figures.Ready.Improvement?.Reaches(percent) == false;
            Report.Say(clear
                ? $"Gate failed: {Agent} does not reach ready {MeasuredText.Percent(percent)} sooner."
                : $"Gate failed: it is not clear whether {Agent} reaches ready {MeasuredText.Percent(percent)} sooner; measure with more --runs, or with less else on the machine.");
            return false;
        }
    }
}
