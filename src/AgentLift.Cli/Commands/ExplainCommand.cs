using System.CommandLine;
using AgentLift.Cli.Output;
using AgentLift.Cli.Terminal;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift explain AGENT [PATH]</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var agent = new Argument<string>("AGENT") { Description = "The agent's name, or the name of its class with or without namespace." };
        var path = new Argument<string>("PATH") { Description = "What to look in, as for assess. Default: the current folder.", DefaultValueFactory = _ => "." };
        var shared = new SharedOptions();
        var command = new Command("explain", "Print an agent's score factor by factor, with the code behind it.") { agent, path };
        shared.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(agent), result.GetRequiredValue(path), shared.Read(result), shared.Verbosity(result), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string name, string path, AssessmentOptions options, Verbosity verbosity, CancellationToken cancellationToken)
    {
        var fleet = await ProgressDisplay.RunAsync(verbosity, progress => new FleetAssessor(options, progress).AssessAsync(path, cancellationToken));
        var named = AgentNames.Named(fleet.Agents, name);
        foreach (var agent in named)
            ReportWriters.Explain(agent);
        ErrorLines.Write(fleet.Errors, Console.Error);

        var code = ExitCodes.Of(fleet.Errors);
        if (named.Count > 0)
            return (int)code;

        ErrorLines.Write([new AssessmentError(null, null, $"no agent is called '{name}'", NextStep(fleet, name))], Console.Error);
        return (int)(code == ExitCode.Success ? ExitCode.BadInput : code);
    }

    private static string NextStep(FleetAssessment fleet, string name)
    {
        var closest = AgentNames.Closest(fleet.Agents, name);
        return closest.Count == 0
            ? $"{fleet.Target} has no agents"
            : $"the closest names are {string.Join(", ", closest)}";
    }
}
