using System.Reflection;
using AgentLift.FleetGenerator;
using AgentLift.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Migration.Benchmarks;

/// <summary>A generated fleet as a project on disk that references the runtime and the fixes, as a consumer of the packages would.</summary>
internal sealed class FleetCopy : IDisposable
{
    private static readonly string Configuration =
        typeof(FleetCopy).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "Configuration").Value!;

    private readonly Dictionary<string, string> original = [];

    public FleetCopy(GeneratedFleet fleet)
    {
        Folder = Directory.CreateTempSubdirectory("agentlift-migration-").FullName;
        foreach (var file in fleet.Files)
        {
            var path = Path.Combine(Folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
            original[path] = file.Text;
        }

        File.WriteAllText(Path.Combine(Folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(Folder, ".editorconfig"), "root = true\n");
        File.WriteAllText(Project, ProjectText());
        var restore = ToolRun.Of(Folder, "dotnet", "restore", Project);
        if (restore.ExitCode != 0)
            throw new InvalidOperationException("the generated fleet does not restore:\n" + restore.Output);
    }

    public static string ToolPath { get; } = Output("AgentLift.Cli", "net10.0/agentlift.dll");

    public string Folder { get; }

    public string Project => Path.Combine(Folder, "Fleet.csproj");

    /// <summary>Files that differ from what was generated, and the text changes in them, as Roslyn tells two trees apart.</summary>
    public (int Files, int Edits) Changes()
    {
        var changed = original.Where(file => File.ReadAllText(file.Key) != file.Value).ToList();
        return (changed.Count, changed.Sum(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file.Key)).GetChanges(CSharpSyntaxTree.ParseText(file.Value)).Count));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string ProjectText()
    {
        string[] forCompiler = ["AgentLift.Core", "AgentLift.Analyzers", "AgentLift.CodeFixes", "AgentLift.Generators"];
        var analyzers = forCompiler.Select(name => Output(name, $"netstandard2.0/{name}.dll")).Append(Output("AgentLift.Cli", "net10.0/YamlDotNet.dll"));
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                <NoWarn>$(NoWarn);CS0168;CS0169;CS0219;CS0414;CS0649;CS1998;CS4014</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                <Reference Include="{Output("AgentLift.Runtime", "net10.0/AgentLift.Runtime.dll")}" />
                {string.Join("\n    ", analyzers.Select(file => $"<Analyzer Include=\"{file}\" />"))}
              </ItemGroup>
            </Project>
            """;
    }

    private static string Output(string project, string file)
    {
        var path = Path.Combine(Repository.Root, "src", project, "bin", Configuration, file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"build the repository in {Configuration} first", path);
    }
}
