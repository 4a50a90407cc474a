using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace AgentLift.Runtime.Tests;

/// <summary>The echo agent in a process of its own, so that it can be signalled and killed.</summary>
internal sealed partial class EchoProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    private EchoProcess(IEnumerable<string> settings)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "AgentLift.EchoAgent.dll"), .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? string.Empty);
        process.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? string.Empty);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', lines);

    public int Id => process.Id;

    /// <summary>Starts it with settings such as <c>--Directory:Kind=Etcd</c>, on free ports where they name none, and waits until it has started.</summary>
    public static EchoProcess Start(params string[] settings)
    {
        string[] free = [.. new[] { "lines", "messages" }.Select(AddressKey).Where(key => !settings.Any(setting => setting.StartsWith(key, StringComparison.Ordinal))).Select(key => key + "127.0.0.1:0")];
        var echo = new EchoProcess([.. free, .. settings]);
        if (!SpinWait.SpinUntil(() => echo.process.HasExited || echo.Output.Contains("Application started", StringComparison.Ordinal), Patience) || echo.process.HasExited)
        {
            echo.Dispose();
            throw new InvalidOperationException("The echo agent did not start:\n" + echo.Output);
        }

        return echo;
    }

    /// <summary>Runs it where it is expected not to start.</summary>
    /// <returns>The exit code and what it wrote.</returns>
    public static (int ExitCode, string Output) Run(params string[] settings)
    {
        using var echo = new EchoProcess(settings);
        return (echo.WaitForExit(), echo.Output);
    }

    public static string AddressKey(string endpoint) => $"--Agents:echo:Endpoints:{endpoint}:Address=";

    public IPEndPoint AddressOf(string endpoint) => IPEndPoint.Parse(AddressPattern(endpoint).Match(Output).Groups[1].Value);

    /// <summary>How many questions the agent counted, as it says at its end.</summary>
    public long Handled() => long.Parse(HandledPattern().Match(Output).Groups[1].Value, CultureInfo.InvariantCulture);

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public int WaitForExit()
    {
        process.WaitForExit(Patience).ShouldBeTrue(Output);
        process.WaitForExit();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static Regex AddressPattern(string endpoint) => new($"Endpoint {endpoint} of agent echo listens on tcp://(\\S+)");

    [GeneratedRegex("handled ([0-9]+)")]
    private static partial Regex HandledPattern();
}
