using System.CommandLine;
using AgentLift.Cli.Output;
using AgentLift.Cli.Terminal;

namespace AgentLift.Cli.Commands;

/// <summary>The options by which commands say how and where to report.</summary>
internal sealed class ReportChoices
{
    private readonly Option<ReportFormat> format = new("--format", "-f") { Description = "How to write the report: table, json, sarif, html or markdown.", HelpName = "FORMAT" };

    private readonly Option<string> output = new("--output", "-o") { Description = "Write the report to a file instead of standard output.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(format);
        command.Options.Add(output);
    }

    public ReportTarget Read(ParseResult result, Verbosity verbosity = Verbosity.Normal) => new(result.GetValue(format), result.GetValue(output), verbosity);

    /// <summary>Whether the report would go to standard output in another form than a table.</summary>
    public bool TakesStandardOutput(System.CommandLine.Parsing.CommandResult result) => result.GetValue(format) != ReportFormat.Table && result.GetValue(output) is null;
}
