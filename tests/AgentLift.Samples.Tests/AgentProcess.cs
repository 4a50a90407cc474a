using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace AgentLift.Samples.Tests;

/// <summary>An agent in a process of its own, started as its operator would.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly string readyMark;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AgentProcess(string program, string readyMark, string[] arguments)
    {
        this.readyMark = readyMark;
        process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [PathOf(program), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"{program} ended before it was ready:\n{Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>The assembly of a program, as the build named it.</summary>
    public static string PathOf(string program) =>
        typeof(AgentProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == program).Value!;

    /// <summary>Starts an agent of the legacy fleet.</summary>
    public static Task<AgentProcess> StartLegacyAsync(string agent, int port) => StartAsync("Fleet.Host", $"ready: {agent}", agent, "--port", $"{port}");

    /// <summary>Starts a lifted agent.</summary>
    public static Task<AgentProcess> StartLiftedAsync(string program, params string[] settings) => StartAsync(program, "Application started", settings);

    /// <summary>Asks it to end, as a service manager does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<AgentProcess> StartAsync(string program, string readyMark, params string[] arguments)
    {
        var started = new AgentProcess(program, readyMark, arguments);
        await started.ready.Task.WaitAsync(Patience);
        return started;
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.AppendLine(line);
        if (line.Contains(readyMark, StringComparison.Ordinal))
            ready.TrySetResult();
    }
}
