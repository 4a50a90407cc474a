using System.Runtime.CompilerServices;
using AgentLift.Cli.Commands;

namespace AgentLift.Cli;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        // Before any method that mentions a type of Roslyn is compiled: the run time looks for the assembly at that moment.
        if (RoslynFromSdk.Install() is { } problem)
        {
            await Console.Error.WriteLineAsync($"agentlift: error: {problem}");
            return (int)ExitCode.BadInput;
        }

        return await RunAsync(arguments);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int> RunAsync(string[] arguments) => AgentLiftCommand.InvokeAsync(arguments);
}
