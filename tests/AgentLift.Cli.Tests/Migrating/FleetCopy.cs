using System.Security.Cryptography;

namespace AgentLift.Cli.Tests.Migrating;

/// <summary>The legacy fleet, copied out of the repository, for one test.</summary>
internal sealed class FleetCopy : IDisposable
{
    private static readonly string[] LeftOut = ["bin", "obj", "data"];

    private readonly string root = Directory.CreateTempSubdirectory("agentlift-fleet-").FullName;

    public FleetCopy()
    {
        var sample = Path.Combine(Tool.Repository, "samples", "LegacyFleet");
        foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(sample, file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(LeftOut.Contains))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, relative))!);
            File.Copy(file, Path.Combine(Folder, relative));
        }

        // What the sample takes from the repository around it.
        foreach (var file in new[] { "global.json", "Directory.Packages.props" })
            File.Copy(Path.Combine(Tool.Repository, file), Path.Combine(root, file));
        File.WriteAllText(Path.Combine(root, "Directory.Build.props"), "<Project><PropertyGroup><ImplicitUsings>enable</ImplicitUsings><LangVersion>latest</LangVersion></PropertyGroup></Project>");
    }

    public string Folder => Path.Combine(root, "LegacyFleet");

    /// <summary>Every file that a person wrote, with its hash.</summary>
    public SortedDictionary<string, string> State() => new(Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is ".agentlift" or "bin" or "obj"))
        .ToDictionary(file => file, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, file))))), StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(root, recursive: true);
}
