using System.CommandLine;
using AgentLift.Cli.Output;
using AgentLift.Cli.Reports.Pages;
using AgentLift.Cli.Terminal;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Candidates;
using AgentLift.Migration.Loading;
using AgentLift.Migration.Measuring;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift candidates PATH</c>.</summary>
internal static class CandidatesCommand
{
    private const decimal HighestScore = 10;

    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A solution, project, folder or file, as for assess. Default: the current folder.", DefaultValueFactory = _ => "." };
        var top = new Option<int?>("--top") { Description = "Only the best so many. Default: all.", HelpName = "N" };
        var minScore = new Option<decimal?>("--min-score") { Description = "Only agents of this score or more, 0 to 10.", HelpName = "SCORE" };
        var reporting = new ReportChoices();
        var shared = new SharedOptions();
        var command = new Command("candidates", $"Rank the agents by what they would gain from lazy loading, with what was measured ({MeasurementFile.Name}) beside what is estimated.") { path, top, minScore };
        reporting.AddTo(command);
        shared.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(top) < 1)
                result.AddError("--top takes a whole number from 1.");
            if (result.GetValue(minScore) is < 0 or > HighestScore)
                result.AddError("--min-score takes a number from 0 to 10.");
        });
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(path), shared.Read(result), result.GetValue(top), result.GetValue(minScore), reporting.Read(result, shared.Verbosity(result)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string path, AssessmentOptions options, int? top, decimal? minScore, ReportTarget report, CancellationToken cancellationToken)
    {
        var measurements = MeasurementFile.Read(AssessTarget.Resolve(path).Root);
        var fleet = await ProgressDisplay.RunAsync(report.Verbosity, progress => new FleetAssessor(options, progress).AssessAsync(path, cancellationToken));
        var ranking = CandidateRanking.Of(fleet, measurements);
        await report.WriteAsync(CandidatesPage.Of(ranking, [.. ranking.All.Where(candidate => candidate.Score.Score >= (minScore ?? 0)).Take(top ?? int.MaxValue)]), cancellationToken);
        ErrorLines.Write(fleet.Errors, Console.Error);
        return (int)ExitCodes.Of(fleet.Errors);
    }
}
