using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using AgentLift.Migration.Loading;

namespace AgentLift.Migration.Verification;

/// <summary>How a command of the user's ended.</summary>
/// <param name="Command">The command.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Tail">The last lines that it printed.</param>
public sealed record VerifyResult(string Command, int ExitCode, ImmutableArray<string> Tail)
{
    /// <summary>Whether it says that all is well.</summary>
    public bool Passed => ExitCode == 0;
}

/// <summary>Runs a command of the user's in the shell of the system, in the target's folder.</summary>
internal static class VerifyCommand
{
    private const int TailLines = 20;
    private const int NotStarted = 127;

    public static async Task<VerifyResult> RunAsync(string command, string folder, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartOf(command, folder) };
        var tail = new Queue<string>();
        process.OutputDataReceived += (_, line) => Keep(tail, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(tail, line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            return new VerifyResult(command, NotStarted, [failure.Message]);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        lock (tail)
            return new VerifyResult(command, process.ExitCode, [.. tail]);
    }

    private static void Keep(Queue<string> tail, string? line)
    {
        if (line is null)
            return;
        lock (tail)
        {
            tail.Enqueue(line);
            if (tail.Count > TailLines)
                tail.Dequeue();
        }
    }

    private static ProcessStartInfo StartOf(string command, string folder)
    {
        // Build nodes that stay alive would keep the pipes open, and this process waiting.
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe") { Arguments = $"/d /s /c \"{command}\"" } : new ProcessStartInfo("/bin/sh", ["-c", command]);
        start.WorkingDirectory = folder;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        DotnetHost.ClearInherited(start);
        return start;
    }
}
