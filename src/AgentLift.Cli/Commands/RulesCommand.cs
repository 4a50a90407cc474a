using System.CommandLine;
using AgentLift.Cli.Output;
using AgentLift.Core.Rules;

namespace AgentLift.Cli.Commands;

/// <summary><c>agentlift rules</c>.</summary>
internal static class RulesCommand
{
    public static Command Create()
    {
        var format = new Option<RulesFormat>("--format", "-f") { Description = "How to write the list: table, json or markdown.", HelpName = "FORMAT" };
        var command = new Command("rules", "List the rules: id, name, severity, stage, fix and title.") { format };
        command.SetAction(result =>
        {
            RuleList.Write(RuleTable.All, result.GetValue(format), Console.Out);
            return (int)ExitCode.Success;
        });
        return command;
    }
}
