using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Cli.Commands;

/// <summary>How people say by which command an agent is started.</summary>
internal static class StartCommand
{
    /// <summary>Splits a line as a shell would, without running one; <see langword="null"/> where none was given.</summary>
    /// <exception cref="UnusableInputException">There is nothing in the line.</exception>
    [return: NotNullIfNotNull(nameof(line))]
    public static AgentCommand? Read(string? line, string? folder)
    {
        if (line is null)
            return null;
        var command = new AgentCommand([.. CommandLineParser.SplitCommandLine(line)], folder);
        return command.Program.IsEmpty
            ? throw new UnusableInputException(new AssessmentError(null, null, "a command is empty", "say how the agent is started, such as 'dotnet Fleet.dll tutor --port {port}'"))
            : command;
    }
}
