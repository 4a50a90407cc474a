using System.CommandLine;
using System.CommandLine.Invocation;
using AgentLift.Cli.Terminal;
using AgentLift.Core.Data;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.ParallelRun;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Cli.Commands;

/// <summary>The command line as a whole: its commands, and how failures become messages and exit codes.</summary>
internal static class AgentLiftCommand
{
    private const string Description =
        """
        Finds hand-rolled long-running workers ("legacy agents") in C# code, says how risky each is to move, moves them onto a common
        BaseAgent stage by stage, and takes that back when it does not hold.

        Exit codes:
          0    all was read, and no gate failed
          1    the gate of --fail-on or --fail-below failed, or compare or measure found a difference
          2    bad usage, or a file, folder or setting that cannot be used (the rest was assessed)
          3    the target, or a project of it, does not load or restore (the rest was assessed)
          4    an agent was put back: what was written of it did not stand up to verification
          5    a file could not be written, or was changed by someone else since; nothing was lost
          130  stopped with Ctrl+C

        Environment:
          AGENTLIFT_ROSLYN  sdk or bundled: where the C# compiler comes from. Unset: from the installed .NET SDK, else bundled.
        """;

    public static async Task<int> InvokeAsync(string[] arguments)
    {
        var root = new RootCommand(Description)
        {
            AssessCommand.Create(), ExplainCommand.Create(), RulesCommand.Create(), CandidatesCommand.Create(), CompareCommand.Create(), MeasureCommand.Create(), PlanCommand.Create(), MigrateCommand.Create(),
            RollbackCommand.Create(), RunsCommand.Create(), RecoverCommand.Create(), StatusCommand.Create(), ExceptionCommand.Create(),
        };
        var result = root.Parse(arguments);
        if (result.Action is ParseErrorAction)
        {
            foreach (var error in result.Errors)
                await Console.Error.WriteLineAsync($"agentlift: error: {error.Message}");
            await Console.Error.WriteLineAsync($"Run 'agentlift {CommandPath(result)}--help' to see what it takes.");
            return (int)ExitCode.BadInput;
        }

        try
        {
            return await result.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // Restoring has child processes to end; the default of two seconds may be short.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
            });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("agentlift: stopped");
            return (int)ExitCode.Cancelled;
        }
        catch (UnusableInputException failure)
        {
            ErrorLines.Write([failure.Error], Console.Error);
            return (int)(failure.Error.Kind == AssessmentErrorKind.Load ? ExitCode.TargetNotLoaded : ExitCode.BadInput);
        }
        catch (DataException failure)
        {
            ErrorLines.Write([new AssessmentError(failure.Problem.File, failure.Problem.Line, failure.Problem.Message, failure.Problem.NextStep)], Console.Error);
            return (int)ExitCode.BadInput;
        }
        catch (ParallelRunException failure)
        {
            ErrorLines.Write([new AssessmentError(null, null, failure.Message, failure.NextStep)], Console.Error);
            return (int)ExitCode.BadInput;
        }
        catch (SnapshotException refused)
        {
            foreach (var problem in refused.Problems)
                await Console.Error.WriteLineAsync($"agentlift: error: {problem}");
            return (int)ExitCode.TreeRefused;
        }
        catch (Exception failure)
        {
            await Console.Error.WriteLineAsync($"agentlift: error: a defect of the tool, please report it: {failure}");
            return (int)ExitCode.InternalError;
        }
    }

    private static string CommandPath(ParseResult result) =>
        result.CommandResult.Command is RootCommand ? string.Empty : result.CommandResult.Command.Name + " ";
}
