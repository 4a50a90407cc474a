using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Cli.Commands;

/// <summary>How people say by which command an agent is started.</summary>
internal static class StartCommand
{
    /// <summary>Splits a line as a shell would, without running one; <see langword="null"/> where none was given.</summary>
    [return: NotNullIfNotNull(nameof(line))]
    public static AgentCommand? Read(string? line, string? folder) => line is null ? null : new AgentCommand([.. CommandLineParser.SplitCommandLine(line)], folder);
}
