using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace AgentLift.Cli.Tests;

/// <summary>Runs the built tool in a process of its own, as a user would.</summary>
internal static class Tool
{
    private static readonly string Assembly = Metadata("ToolPath");

    /// <summary>The root folder of the repository.</summary>
    public static string Repository { get; } = Metadata("RepositoryRoot");

    /// <summary>The folder of the tool.</summary>
    public static string Folder => Path.GetDirectoryName(Assembly)!;

    /// <summary>The assembly of an agent that echoes what it is sent.</summary>
    public static string EchoAgent { get; } = Metadata("AgentLift.EchoAgent");

    private static string Metadata(string key) =>
        typeof(Tool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    public static Task<ToolResult> RunAsync(string folder, params string[] arguments) =>
        RunAsync(folder, [], new Dictionary<string, string>(), arguments);

    /// <summary>Runs the tool under another command, such as one that changes the user.</summary>
    public static Task<ToolResult> RunAsync(
        string folder, IReadOnlyList<string> prefix, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunAsync(folder, prefix, environment, _ => { }, arguments);

    /// <summary>Runs the tool and hands over each line of its errors, among which is its progress, as it comes.</summary>
    public static Task<ToolResult> RunAsync(string folder, Action<string> onErrorLine, params string[] arguments) =>
        RunAsync(folder, [], new Dictionary<string, string>(), onErrorLine, arguments);

    private static async Task<ToolResult> RunAsync(
        string folder, IReadOnlyList<string> prefix, IReadOnlyDictionary<string, string> environment, Action<string> onErrorLine, string[] arguments)
    {
        string[] command = [.. prefix, "dotnet", Assembly, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            onErrorLine(line);
            errors.Append(line).Append('\n');
        }

        await process.WaitForExitAsync();
        return new ToolResult(process.ExitCode, await output, errors.ToString());
    }
}

/// <summary>How a run of the tool ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The lines of <see cref="Errors"/> that are errors.</summary>
    public IEnumerable<string> ErrorLines => Errors.Split('\n').Where(line => line.Contains(": error: ", StringComparison.Ordinal));
}
