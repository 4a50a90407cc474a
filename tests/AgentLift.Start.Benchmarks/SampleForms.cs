using System.Diagnostics;
using System.Reflection;
using AgentLift.Testing;

namespace AgentLift.Start.Benchmarks;

/// <summary>The legacy fleet as it is, and lifted by the tool onto the package of the runtime, each built in Release in a folder of its own.</summary>
internal sealed class SampleForms : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("agentlift-start-").FullName;

    public SampleForms()
    {
        Run(Repository.Root, "dotnet", "pack", "src/AgentLift.Runtime/AgentLift.Runtime.csproj", "--no-restore", "-c", Metadata("Configuration"), "-o", Path.Combine(root, "feed"), "-p:BuildProjectReferences=false");
        Before = Copy("before");
        After = Copy("after");
        Run(root, "dotnet", Tool, "migrate", Solution(After), "--stage", "all", "--yes", "--batch-pause", "0s", "--no-restore", "--output", Path.Combine(root, "migration.md"), "--format", "markdown");
        foreach (var form in new[] { Before, After })
            Run(form, "dotnet", "build", Solution(form), "-c", "Release", "-warnaserror");
        Run(Path.GetDirectoryName(Program(Before))!, "dotnet", Program(Before), "prepare");
        Run(Path.GetDirectoryName(Program(After))!, "dotnet", Program(After), "prepare");
    }

    public static string Tool { get; } = Path.Combine(Repository.Root, "src", "AgentLift.Cli", "bin", Metadata("Configuration"), "net10.0", "agentlift.dll");

    public static string Transcripts { get; } = Path.Combine(Repository.Root, "samples", "LegacyFleet", "transcripts");

    /// <summary>The folder of the form as it was written by hand.</summary>
    public string Before { get; }

    /// <summary>The folder of the lifted form.</summary>
    public string After { get; }

    /// <summary>A folder for reports.</summary>
    public string Reports => root;

    /// <summary>How to start an agent of a form, as the tool wants to be told.</summary>
    public static string Command(string form, string agent) => $"dotnet {Program(form)} {agent} --port {{port}}";

    public void Dispose() => Directory.Delete(root, recursive: true);

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it wrote.</exception>
    public static void Run(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}{errors.Result}");
    }

    private string Copy(string name)
    {
        var folder = Path.Combine(root, name);
        var sample = Path.Combine(Repository.Root, "samples", "LegacyFleet");
        foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories).Where(IsSource))
        {
            var target = Path.Combine(folder, "LegacyFleet", Path.GetRelativePath(sample, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        File.Copy(Path.Combine(Repository.Root, "global.json"), Path.Combine(folder, "global.json"));
        File.Copy(Path.Combine(Repository.Root, "Directory.Packages.props"), Path.Combine(folder, "Directory.Packages.props"));
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), $"<Project><PropertyGroup><ImplicitUsings>enable</ImplicitUsings><LangVersion>latest</LangVersion><RestorePackagesPath>{root}/packages</RestorePackagesPath></PropertyGroup></Project>");
        File.WriteAllText(
            Path.Combine(folder, "nuget.config"),
            $"""
            <configuration>
              <packageSources><add key="agentlift-under-test" value="{root}/feed" /></packageSources>
              <packageSourceMapping>
                <packageSource key="agentlift-under-test"><package pattern="AgentLift" /><package pattern="AgentLift.*" /></packageSource>
                <packageSource key="nuget.org"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
        Run(folder, "dotnet", "restore", Solution(folder));
        return folder;
    }

    private static bool IsSource(string file) => !new[] { "bin", "obj", "data", ".agentlift" }.Any(part => file.Contains($"{Path.DirectorySeparatorChar}{part}{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Solution(string form) => Path.Combine(form, "LegacyFleet", "LegacyFleet.sln");

    private static string Program(string form) => Path.Combine(form, "LegacyFleet", "Fleet.Host", "bin", "Release", "net10.0", "Fleet.Host.dll");

    private static string Metadata(string key) => typeof(SampleForms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;
}
