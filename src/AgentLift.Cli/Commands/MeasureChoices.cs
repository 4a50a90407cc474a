using System.CommandLine;
using System.Text.RegularExpressions;
using AgentLift.Migration.Measuring;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Cli.Commands;

/// <summary>The options by which a measurement says what counts as ready, what is asked, and how often.</summary>
internal sealed class MeasureChoices
{
    private static readonly MeasureOptions Defaults = new();

    private readonly Option<string> transcript = new("--transcript")
    {
        Description = "What counts as ready and what to ask, as for agentlift compare: the first answer is timed, and all answers of the two forms are compared.",
        HelpName = "FILE",
    };

    private readonly Option<Regex> readyLine = new("--ready-line")
    {
        Description = "It is ready when a line of its output matches this. Default: what the transcript says; without one, when {port} accepts connections.",
        HelpName = "REGEX",
        CustomParser = result =>
        {
            try
            {
                return new Regex(result.Tokens[0].Value, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            }
            catch (ArgumentException error)
            {
                result.AddError($"--ready-line is no regular expression: {error.Message}");
                return null;
            }
        },
    };

    private readonly Option<int> runs = new("--runs")
    {
        Description = $"How often each form is started and counted, {MeasureOptions.FewestRuns} to {MeasureOptions.MostRuns}.",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.Runs,
    };

    private readonly Option<int> warmUps = new("--warm-ups") { Description = "How often each form is started before that and not counted.", HelpName = "N", DefaultValueFactory = _ => Defaults.WarmUps };

    private readonly Option<TimeSpan> settle = TimeOption(
        "--settle", "How long an agent is left alone before its memory is looked at for the last time: longer than what it loads once it is ready.", Defaults.Run.Settle);

    private readonly Option<TimeSpan> startTimeout = TimeOption("--start-timeout", "How long an agent may take until it is ready.", Defaults.Run.StartTimeout);

    private readonly Option<TimeSpan> answerTimeout = TimeOption("--timeout", "How long one answer may take.", Defaults.Run.AnswerTimeout);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { transcript, readyLine, runs, warmUps, settle, startTimeout, answerTimeout })
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(runs) is < MeasureOptions.FewestRuns or > MeasureOptions.MostRuns)
                result.AddError($"--runs is a number from {MeasureOptions.FewestRuns} to {MeasureOptions.MostRuns}.");
            if (result.GetValue(warmUps) is < 0 or > MeasureOptions.MostRuns)
                result.AddError($"--warm-ups is a number from 0 to {MeasureOptions.MostRuns}.");
        });
    }

    public string? Transcript(ParseResult result) => result.GetValue(transcript);

    public Regex? ReadyLine(ParseResult result) => result.GetValue(readyLine);

    public MeasureOptions Options(ParseResult result) => new()
    {
        Runs = result.GetValue(runs),
        WarmUps = result.GetValue(warmUps),
        Run = new ParallelRunOptions
        {
            Settle = result.GetValue(settle),
            StartTimeout = result.GetValue(startTimeout),
            AnswerTimeout = result.GetValue(answerTimeout),
        },
    };

    private static Option<TimeSpan> TimeOption(string name, string description, TimeSpan byDefault) => new(name)
    {
        Description = $"{description} Default: {byDefault.TotalSeconds:0}s.",
        HelpName = "TIME",
        CustomParser = result => Duration.Parse(result.Tokens[0].Value, result.AddError),
        DefaultValueFactory = _ => byDefault,
    };
}
