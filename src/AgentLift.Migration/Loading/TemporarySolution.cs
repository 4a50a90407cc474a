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
        var text = new StringBuilder("Microsoft Visual Studio Solution File, Format Version 12.00\n");
        foreach (var project in projects)
        {
            var name = System.IO.Path.GetFileNameWithoutExtension(project);
            text.Append(
                $"Project(\"{{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}}\") = \"{name}\", \"{project}\", \"{{{Guid.NewGuid()}}}\"\nEndProject\n");
        }

        File.WriteAllText(solution.Path, text.Append("Global\nEndGlobal\n").ToString());
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
