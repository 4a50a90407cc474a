using AgentLift.Migration.Loading;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Reruns;

/// <summary>
/// The files that loading a target may read: everything under its folder but what a build or a tool made, what the folders above give to those below them,
/// and what the projects take from elsewhere. Told apart by length and time of the last write, as make and MSBuild do.
/// </summary>
internal static class InputFiles
{
    private static readonly string[] GivenToFoldersBelow =
        ["Directory.*.props", "Directory.*.targets", "*.editorconfig", "*.globalconfig", "global.json", "nuget.config", "NuGet.Config"];

    private static readonly EnumerationOptions HereOnly = new() { RecurseSubdirectories = false, AttributesToSkip = 0 };

    /// <summary>The files under a folder and those that the folders above give to it, by full path.</summary>
    public static Dictionary<string, string> Of(string root) => Under(root).Concat(Above(root)).ToDictionary(file => file.FullName, StateOf, StringComparer.Ordinal);

    /// <summary>A file's length and time; where it is missing, that too.</summary>
    public static string StateOf(FileInfo file) => file.Exists ? FormattableString.Invariant($"{file.Length} {file.LastWriteTimeUtc.Ticks}") : "missing";

    /// <summary>Full paths of what the projects of a solution read besides.</summary>
    /// <param name="root">The target's folder.</param>
    /// <param name="solution">The projects.</param>
    /// <param name="known">What is not asked for.</param>
    public static IEnumerable<string> Elsewhere(string root, Solution solution, IReadOnlyDictionary<string, string> known) => solution.Projects
        .SelectMany(FilesOf).OfType<string>()
        .Where(path => Path.IsPathFullyQualified(path) && !known.ContainsKey(path) && !IsMade(root, path))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<string?> FilesOf(Project project) =>
    [
        project.FilePath,
        .. project.Documents.Select(document => document.FilePath),
        .. project.AdditionalDocuments.Select(document => document.FilePath),
        .. project.AnalyzerConfigDocuments.Select(document => document.FilePath),
        .. project.MetadataReferences.OfType<PortableExecutableReference>().Select(reference => reference.FilePath),
        .. project.AnalyzerReferences.Select(reference => reference.FullPath),
    ];

    private static bool IsMade(string root, string path) =>
        path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        && Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar).Any(FolderScan.Skipped.Contains);

    private static IEnumerable<FileInfo> Under(string root)
    {
        var folders = new Stack<DirectoryInfo>([new DirectoryInfo(root)]);
        while (folders.TryPop(out var folder))
        {
            foreach (var entry in folder.EnumerateFileSystemInfos("*", HereOnly))
            {
                if (entry is FileInfo file)
                    yield return file;
                else if (entry is DirectoryInfo { LinkTarget: null } inner && !FolderScan.Skipped.Contains(inner.Name))
                    folders.Push(inner);
            }
        }
    }

    private static IEnumerable<FileInfo> Above(string root)
    {
        for (var folder = Directory.GetParent(root); folder is not null; folder = folder.Parent)
        {
            foreach (var file in GivenToFoldersBelow.SelectMany(name => folder.EnumerateFiles(name, HereOnly)).DistinctBy(file => file.FullName, StringComparer.Ordinal))
                yield return file;
        }
    }
}
