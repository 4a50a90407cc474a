using System.Collections.Immutable;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Loading;

/// <summary>The projects and C# files under a folder. Each real folder is visited once, so that links in a circle end.</summary>
/// <param name="Projects">Full paths of all <c>.csproj</c>, sorted.</param>
/// <param name="Sources">Full paths of all <c>.cs</c>, sorted.</param>
/// <param name="Errors">Folders that could not be read.</param>
internal sealed record FolderScan(
    ImmutableArray<string> Projects,
    ImmutableArray<string> Sources,
    ImmutableArray<AssessmentError> Errors)
{
    /// <summary>Folders that hold what a build or a tool made.</summary>
    public static ImmutableHashSet<string> Skipped { get; } =
        ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "bin", "obj", ".git", ".vs", "node_modules", ".agentlift");

    public static FolderScan Of(string root)
    {
        var projects = new List<string>();
        var sources = new List<string>();
        var errors = ImmutableArray.CreateBuilder<AssessmentError>();
        var visited = new HashSet<string>(StringComparer.Ordinal);

        // Real folders first: a file that is reachable both ways is then named by its real path.
        var folders = new Queue<string>([root]);
        var links = new Queue<string>();
        while (folders.TryDequeue(out var folder) || links.TryDequeue(out folder))
        {
            try
            {
                if (!visited.Add(RealPath(new DirectoryInfo(folder))))
                    continue;

                foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
                {
                    if (entry is DirectoryInfo directory)
                    {
                        if (!Skipped.Contains(directory.Name))
                            (directory.LinkTarget is null ? folders : links).Enqueue(directory.FullName);
                    }
                    else if (ListFor(entry.Extension, projects, sources) is { } list && visited.Add(RealPath(entry)))
                    {
                        list.Add(entry.FullName);
                    }
                }
            }
            catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
            {
                errors.Add(Unreadable(root, folder, failure));
            }
        }

        projects.Sort(StringComparer.Ordinal);
        sources.Sort(StringComparer.Ordinal);
        return new FolderScan([.. projects], [.. sources], errors.ToImmutable());
    }

    private static List<string>? ListFor(string extension, List<string> projects, List<string> sources) =>
        extension.Equals(".csproj", StringComparison.OrdinalIgnoreCase) ? projects
        : extension.Equals(".cs", StringComparison.OrdinalIgnoreCase) ? sources
        : null;

    /// <summary>The path with every link in it followed.</summary>
    private static string RealPath(FileSystemInfo entry)
    {
        var target = entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry;
        var parent = Path.GetDirectoryName(target.FullName);
        return parent is null ? target.FullName : Path.Combine(RealPath(new DirectoryInfo(parent)), target.Name);
    }

    private static AssessmentError Unreadable(string root, string folder, Exception failure) =>
        new(
            new ReportedPaths(root).Of(folder),
            null,
            failure is UnauthorizedAccessException ? "the folder cannot be read" : $"the folder cannot be read: {failure.Message}",
            "give yourself read permission, or assess a folder without it");
}
