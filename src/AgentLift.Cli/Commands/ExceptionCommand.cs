using System.CommandLine;
using System.Globalization;
using AgentLift.Cli.Terminal;
using AgentLift.Core.Rules;
using AgentLift.Migration.Loading;
using AgentLift.Migration.Migrating;
using AgentLift.Migration.StaysLegacy;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift exception add AGENT [PATH]</c> and <c>agentlift exception accept [PATH]</c>.</summary>
internal static class ExceptionCommand
{
    private const string DateFormat = "yyyy-MM-dd";

    public static Command Create() => new("exception", "Agents that stay legacy, and findings that may stay.") { CreateAdd(), CreateAccept() };

    private static Command CreateAdd()
    {
        var agent = new Argument<string>("AGENT") { Description = "The agent's name, or the full name of its class." };
        var path = new Argument<string>("PATH") { Description = "The solution or folder. Default: the current folder.", DefaultValueFactory = _ => "." };
        var (reason, review) = (Reason(), Review());
        var rules = new Option<string[]>("--rule")
        {
            Description = "Only what this rule finds in the agent may stay; the agent is lifted all the same. May be repeated. Default: the agent stays legacy as a whole.",
            HelpName = "ID",
        };
        rules.AcceptOnlyFromAmong([.. RuleTable.All.Select(rule => rule.Id)]);
        var command = new Command("add", $"Record that an agent stays legacy, or that some of it may, in {ExemptionFile.Name} beside the solution.") { agent, path, reason, review, rules };
        command.SetAction(result =>
        {
            var root = AssessTarget.Resolve(result.GetRequiredValue(path)).Root;
            var exemption = new LegacyExemption(result.GetRequiredValue(agent), result.GetRequiredValue(reason), result.GetRequiredValue(review));
            ExemptionFile.Add(root, result.GetValue(rules) is { Length: > 0 } ids ? exemption with { Rules = [.. ids.Distinct().Order(StringComparer.Ordinal)] } : exemption);
            Console.Error.WriteLine($"Recorded in {ExemptionFile.Name}; commit it.");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command CreateAccept()
    {
        var path = new Argument<string>("PATH") { Description = "A solution, project or folder, as for assess. Default: the current folder.", DefaultValueFactory = _ => "." };
        var (reason, review) = (Reason(), Review());
        var shared = new SharedOptions();
        var command = new Command("accept", "Record what is left in agents on BaseAgent, rule by rule: a build with the preset strict lets that stay, and nothing new.") { path, reason, review };
        shared.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var options = shared.Read(result);
            var source = await ProgressDisplay.RunAsync(shared.Verbosity(result), progress => MigrationSource.LoadAsync(result.GetRequiredValue(path), options, progress, cancellationToken));
            ErrorLines.Write(source.Assessment.Errors, Console.Error);
            var (left, notBegun) = RemainingFindings.Of(source);
            ExemptionFile.Add(source.Root, [.. left.Select(agent => new LegacyExemption(agent.Agent, result.GetRequiredValue(reason), result.GetRequiredValue(review)) { Rules = agent.Rules })]);
            Console.Error.WriteLine(left.IsEmpty ? "Nothing is left to accept." : $"Recorded in {ExemptionFile.Name} for {left.Length} agents; commit it.");
            if (!notBegun.IsEmpty)
                Console.Error.WriteLine($"Not on BaseAgent, so nothing of them was accepted: {string.Join(", ", notBegun)}. Lift them, or record each with 'agentlift exception add'.");
            return (int)ExitCodes.Of(source.Assessment.Errors);
        });
        return command;
    }

    private static Option<string> Reason() => new("--reason") { Description = "Why it stays.", HelpName = "TEXT", Required = true };

    private static Option<DateOnly> Review() => new("--review")
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
}
