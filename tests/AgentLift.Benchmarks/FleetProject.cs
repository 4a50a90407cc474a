using AgentLift.FleetGenerator;

namespace AgentLift.Benchmarks;

/// <summary>The generated fleet as a project on disk, buildable with any pack.</summary>
internal sealed class FleetProject : IDisposable
{
    public FleetProject(int seed, int agents, int lines)
    {
        Folder = Directory.CreateTempSubdirectory("agentlift-benchmark-").FullName;
        var fleet = FleetGenerator.FleetGenerator.Generate(new FleetOptions(seed, agents, lines));
        foreach (var file in fleet.Files)
        {
            var path = Path.Combine(Folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }

        Lines = fleet.Files.Sum(file => file.Text.Count(character => character == '\n'));
        Agents = fleet.Agents.Length;
        File.WriteAllText(Path.Combine(Folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(Folder, ".editorconfig"), "root = true\n");
    }

    public string Folder { get; }

    public int Lines { get; }

    public int Agents { get; }

    /// <summary>Writes the project file of a pack and returns its name; all share the sources.</summary>
    public string WriteProject(Pack pack, int index)
    {
        var name = $"Fleet{index}";
        File.WriteAllText(Path.Combine(Folder, name + ".globalconfig"), pack.EveryRuleAsWarning());
        File.WriteAllText(
            Path.Combine(Folder, name + ".csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                <BaseIntermediateOutputPath>obj/{name}/</BaseIntermediateOutputPath>
                <BaseOutputPath>bin/{name}/</BaseOutputPath>
                <DefaultItemExcludes>$(DefaultItemExcludes);obj/**;bin/**</DefaultItemExcludes>
                <NoWarn>$(NoWarn);CS0168;CS0169;CS0219;CS0414;CS0649;CS1998;CS4014;CS8600-CS8999</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <EditorConfigFiles Include="{name}.globalconfig" />
                {string.Join("\n    ", pack.Assemblies.Select(assembly => $"<Analyzer Include=\"{assembly}\" />"))}
              </ItemGroup>
            </Project>
            """);
        return name + ".csproj";
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
