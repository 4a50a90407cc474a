using System.Diagnostics;

namespace AgentLift.Runtime.Benchmarks;

/// <summary>Starts this program again in another role, for what must be measured in a process of its own.</summary>
internal static class ChildProcess
{
    public static Process Start(params IEnumerable<string> role) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Arguments(role)) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    // Run as "dotnet NAME.dll", this program is an argument of its own process.
    private static IEnumerable<string> Arguments(IEnumerable<string> role) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? role.Prepend(typeof(ChildProcess).Assembly.Location) : role;
}
