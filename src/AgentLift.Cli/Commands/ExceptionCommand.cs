using System.CommandLine;
using System.Globalization;
using AgentLift.Migration.Loading;
using AgentLift.Migration.StaysLegacy;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift exception add AGENT [PATH]</c>.</summary>
internal static class ExceptionCommand
{
    private const string DateFormat = "yyyy-MM-dd";

    public static Command Create() => new("exception", "Agents that stay legacy.") { CreateAdd() };

    private static Command CreateAdd()
    {
        var agent = new Argument<string>("AGENT") { Description = "The agent's name, or the full name of its class." };
        var path = new Argument<string>("PATH") { Description = "The solution or folder. Default: the current folder.", DefaultValueFactory = _ => "." };
        var reason = new Option<string>("--reason") { Description = "Why it stays.", HelpName = "TEXT", Required = true };
        var review = new Option<DateOnly>("--review")
        {
            Description = "The day on which someone looks again, as yyyy-mm-dd.",
            HelpName = "DATE",
            Required = true,
            CustomParser = result =>
            {
                if (DateOnly.TryParseExact(result.Tokens[0].Value, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                    return day;
                result.AddError($"'{result.Tokens[0].Value}' is no date: write it as yyyy-mm-dd.");
                return default;
            },
        };
        var command = new Command("add", $"Record that an agent stays legacy, in {ExemptionFile.Name} beside the solution.") { agent, path, reason, review };
        command.SetAction(result =>
        {
            var root = AssessTarget.Resolve(result.GetRequiredValue(path)).Root;
            ExemptionFile.Add(root, new LegacyExemption(result.GetRequiredValue(agent), result.GetRequiredValue(reason), result.GetRequiredValue(review)));
            Console.Error.WriteLine($"Recorded in {ExemptionFile.Name}; commit it.");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
