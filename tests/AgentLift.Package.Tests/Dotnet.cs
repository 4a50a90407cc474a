using System.Diagnostics;

namespace AgentLift.Package.Tests;

/// <summary>Runs the SDK's command line as a user would.</summary>
internal static class Dotnet
{
    public static async Task<DotnetResult> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // The build that runs this test must not leak its settings into the builds under test.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new DotnetResult(process.ExitCode, await output + await errors);
    }
}

/// <summary>How a command ended.</summary>
internal sealed record DotnetResult(int ExitCode, string Output);
