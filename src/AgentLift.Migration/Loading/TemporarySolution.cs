using System.Collections.Immutable;
using System.Text;

namespace AgentLift.Migration.Loading;

/// <summary>A solution outside the user's tree that lists some projects, so that one process restores them all; deleted at the end.</summary>
internal sealed class TemporarySolution : IDisposable
{
    private readonly string folder;

    private TemporarySolution(string folder) => this.folder = folder;

    public string Path => System.IO.Path.Combine(folder, "agentlift.sln");

    public static TemporarySolution Of(ImmutableArray<string> projects)
    {
        var solution = new TemporarySolution(Directory.CreateTempSubdirectory("agentlift-").FullName);
        // Names have to differ, and a project without a configuration is passed over.
        var text = new StringBuilder("Microsoft Visual Studio Solution File, Format Version 12.00\n");
        var configurations = new StringBuilder();
        for (var i = 0; i < projects.Length; i++)
        {
            var id = Guid.NewGuid().ToString("B").ToUpperInvariant();
            text.Append($"Project(\"{{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}}\") = \"Project{i}\", \"{projects[i]}\", \"{id}\"\nEndProject\n");
            configurations.Append($"\t\t{id}.Debug|Any CPU.ActiveCfg = Debug|Any CPU\n\t\t{id}.Debug|Any CPU.Build.0 = Debug|Any CPU\n");
        }

        text.Append("Global\n\tGlobalSection(SolutionConfigurationPlatforms) = preSolution\n\t\tDebug|Any CPU = Debug|Any CPU\n\tEndGlobalSection\n")
            .Append("\tGlobalSection(ProjectConfigurationPlatforms) = postSolution\n")
            .Append(configurations)
            .Append("\tEndGlobalSection\nEndGlobal\n");
        File.WriteAllText(solution.Path, text.ToString());
        return solution;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A scanner may hold the file on Windows; the folder for temporary files is cleaned by the system.
        }
    }
}
