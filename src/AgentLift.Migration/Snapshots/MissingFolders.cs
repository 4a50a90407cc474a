using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>The folders that must be created for some files.</summary>
internal static class MissingFolders
{
    /// <summary>Relative to the root, parents first.</summary>
    public static ImmutableArray<string> Of(RootedPaths paths, IEnumerable<string> files) =>
    [
        .. files.SelectMany(Above)
            .Distinct(RootedPaths.Comparer)
            .Where(folder => !Directory.Exists(paths.FullOf(folder)))
            .OrderBy(folder => folder, StringComparer.Ordinal),
    ];

    /// <summary>All folders above a file, up to the root and without it.</summary>
    public static IEnumerable<string> Above(string file)
    {
        for (var end = file.LastIndexOf('/'); end > 0; end = file.LastIndexOf('/', end - 1))
            yield return file[..end];
    }
}
