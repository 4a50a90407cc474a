using System.Text.Json;

namespace AgentLift.FleetGenerator;

/// <summary>Writes a fleet to disk.</summary>
public static class FleetFolder
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Writes the files and the ground truth as <c>expected.json</c>.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="folder">The folder; made where it is missing. Files of the same names are replaced.</param>
    /// <param name="project">Whether <c>Fleet.csproj</c> is written too.</param>
    public static void Write(GeneratedFleet fleet, string folder, bool project)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        foreach (var file in fleet.Files)
            WriteFile(folder, file.Path, file.Text);
        WriteFile(folder, "expected.json", JsonSerializer.Serialize(new { fleet.Agents, Evidence = fleet.Expected }, Json) + "\n");
        if (project)
            WriteFile(folder, "Fleet.csproj", Project(fleet));
    }

    // The files are listed, so that the compiler takes them in the order that the ground truth is stated for.
    private static string Project(GeneratedFleet fleet) => $"""
        <Project Sdk="Microsoft.NET.Sdk">

          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Library</OutputType>
            <Nullable>disable</Nullable>
            <ImplicitUsings>disable</ImplicitUsings>
            <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
            <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
            <AnalysisLevel>none</AnalysisLevel>
            <WarningLevel>0</WarningLevel>
          </PropertyGroup>

          <ItemGroup>
        {string.Join('\n', fleet.Files.Select(file => $"    <Compile Include=\"{file.Path}\" />"))}
          </ItemGroup>

        </Project>

        """;

    private static void WriteFile(string folder, string path, string text)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
