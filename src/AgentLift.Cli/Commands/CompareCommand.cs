using System.CommandLine;
using AgentLift.Cli.Output;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift compare TRANSCRIPT</c>: the old and the new form of an agent, side by side.</summary>
internal static class CompareCommand
{
    private static readonly ReportFormat[] Formats = [ReportFormat.Table, ReportFormat.Json, ReportFormat.Markdown];

    public static Command Create()
    {
        var transcript = new Argument<string>("TRANSCRIPT") { Description = "What to ask, JSON or YAML: endpoints with their protocols, and the requests in their order." };
        var old = new Option<string>("--old") { Description = "How to start the old form, such as 'dotnet old/Fleet.dll tutor --port {port}'.", HelpName = "COMMAND" };
        var @new = new Option<string>("--new") { Description = "How to start the new form. {port} is the port to listen on, {port+80} one counted from it.", HelpName = "COMMAND" };
        var oldFolder = new Option<string>("--old-folder") { Description = "Where the old form runs. Default: the current folder.", HelpName = "FOLDER" };
        var newFolder = new Option<string>("--new-folder") { Description = "Where the new form runs. Default: the current folder.", HelpName = "FOLDER" };
        var record = new Option<string>("--record") { Description = "Keep what the old form answers in a file.", HelpName = "FILE" };
        var recorded = new Option<string>("--recorded") { Description = "Compare with answers kept by --record instead of starting the old form.", HelpName = "FILE" };
        var slower = new Option<double?>("--fail-slower") { Description = "Also fail where the median answer takes this much longer, in percent. Default: latency is told, not judged.", HelpName = "PERCENT" };
        var timeout = new Option<int>("--timeout") { Description = "How long one answer may take, in seconds, 1 to 600.", HelpName = "SECONDS", DefaultValueFactory = _ => (int)new ParallelRunOptions().AnswerTimeout.TotalSeconds };
        var format = new Option<ReportFormat>("--format", "-f") { Description = "How to write the report: table, json or markdown.", HelpName = "FORMAT" };

        var command = new Command("compare", "Run the old and the new form of an agent side by side and compare what they answer.")
        {
            transcript, old, @new, oldFolder, newFolder, record, recorded, slower, timeout, format,
        };
        timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 600)
                result.AddError("--timeout is a number of seconds from 1 to 600.");
        });
        command.Validators.Add(result =>
        {
            if ((result.GetValue(old) is null) == (result.GetValue(recorded) is null))
                result.AddError("Give either --old, how to start the old form, or --recorded, what it once answered.");
            if (result.GetValue(@new) is null && result.GetValue(record) is null)
                result.AddError("Give --new, how to start the new form, or --record, where to keep what the old form answers.");
            if (result.GetValue(record) is not null && result.GetValue(old) is null)
                result.AddError("--record needs --old, how to start the form to record.");
            if (!Formats.Contains(result.GetValue(format)))
                result.AddError("--format is table, json or markdown here.");
        });
        command.SetAction((result, cancellationToken) => new Run(
            result.GetRequiredValue(transcript),
            StartCommand.Read(result.GetValue(old), result.GetValue(oldFolder)),
            StartCommand.Read(result.GetValue(@new), result.GetValue(newFolder)),
            result.GetValue(record),
            result.GetValue(recorded),
            result.GetValue(slower),
            new ParallelRunOptions { AnswerTimeout = TimeSpan.FromSeconds(result.GetValue(timeout)) },
            result.GetValue(format)).RunAsync(cancellationToken));
        return command;
    }

    private sealed record Run(
        string TranscriptFile, AgentCommand? Old, AgentCommand? New, string? RecordFile, string? RecordedFile, double? FailSlower, ParallelRunOptions Options, ReportFormat Format)
    {
        public async Task<int> RunAsync(CancellationToken cancellationToken)
        {
            var transcript = TranscriptReader.Read(TranscriptFile, await InputFile.ReadAsync(TranscriptFile, "transcript", cancellationToken));
            var (old, @new) = await ObserveAsync(transcript, cancellationToken);
            if (RecordFile is not null)
            {
                await WriteAsync(RecordFile, Recording.Write(old), cancellationToken);
                await Console.Error.WriteLineAsync($"Wrote {old.Exchanges.Sum(exchange => exchange.Answers.Length)} answers to {RecordFile}.");
            }

            if (@new is null)
                return (int)ExitCode.Success;
            var comparison = AnswerComparer.Compare(transcript, old, @new);
            ReportWriters.WriteToStandardOutput(Format, comparison);
            return (int)(comparison.Differences.IsEmpty && !(comparison.Slowdown * 100 > FailSlower) ? ExitCode.Success : ExitCode.GateFailed);
        }

        private async Task<(Observation Old, Observation? New)> ObserveAsync(Transcript transcript, CancellationToken cancellationToken)
        {
            if (RecordedFile is { } file)
            {
                var recorded = Recording.Read(file, await InputFile.ReadAsync(file, "recording", cancellationToken), transcript);
                return (recorded, await ParallelRunner.ObserveAsync(transcript, "new", New!, Options, cancellationToken));
            }

            return New is null
                ? (await ParallelRunner.ObserveAsync(transcript, "old", Old!, Options, cancellationToken), null)
                : await ParallelRunner.RunAsync(transcript, Old!, New, Options, cancellationToken);
        }

        private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
        {
            try
            {
                await File.WriteAllTextAsync(file, text, cancellationToken);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UnusableInputException(new AssessmentError(file, null, $"the recording cannot be written: {error.Message}", "name a file in a folder that you may write to"));
            }
        }
    }
}
