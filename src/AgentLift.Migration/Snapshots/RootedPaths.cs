namespace AgentLift.Migration.Snapshots;

/// <summary>Turns what callers call a file into the real file under the root, or refuses.</summary>
internal sealed class RootedPaths
{
    private const int MostLinks = 40;
    private readonly string given;

    /// <param name="root">An existing folder.</param>
    public RootedPaths(string root)
    {
        given = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        Root = RealFolder(given, MostLinks);
    }

    /// <summary>How paths compare where file systems ignore case by default.</summary>
    public static StringComparer Comparer { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The root without links.</summary>
    public string Root { get; }

    public string FullOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The real file of a path, relative to the root and with slashes. Links are followed.</summary>
    /// <exception cref="SnapshotException">The path leads out of the root, or into the store.</exception>
    public string Resolve(string path)
    {
        try
        {
            var relative = Follow(path, MostLinks).Replace(Path.DirectorySeparatorChar, '/');
            if (Comparer.Equals(relative.Split('/')[0], StoreLayout.FolderName))
                throw Refused(path, $"it lies in {StoreLayout.FolderName}, where only the store writes", "name a source file");
            return relative;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Refused(path, $"the path cannot be followed: {failure.Message}", "correct the path or the link in it");
        }
    }

    /// <summary>Whether a recorded path still is a real file's path: since then, a folder may have become a link.</summary>
    public bool IsStillReal(string relative)
    {
        try
        {
            return Resolve(relative) == relative;
        }
        catch (SnapshotException)
        {
            return false;
        }
    }

    private string Follow(string path, int links)
    {
        if (links == 0)
            throw new IOException("too many links");

        var rest = BelowRoot(path, Path.GetFullPath(path, Root)).Split(Path.DirectorySeparatorChar);
        var current = Root;
        for (var i = 0; i < rest.Length; i++)
        {
            var next = Path.Combine(current, rest[i]);
            if (new FileInfo(next).LinkTarget is { } target)
                return Follow(Path.Combine([Path.GetFullPath(target, current), .. rest[(i + 1)..]]), links - 1);
            current = next;
        }

        return Path.GetRelativePath(Root, current);
    }

    private string BelowRoot(string path, string full) =>
        Below(Root, full) ?? Below(given, full)
            ?? throw Refused(path, $"it leads out of {given}", "migrate a folder that holds all its files");

    private static string? Below(string root, string full)
    {
        var folder = Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar;
        return full.Length > folder.Length && Comparer.Equals(full[..folder.Length], folder) ? Path.TrimEndingDirectorySeparator(full[folder.Length..]) : null;
    }

    private static string RealFolder(string folder, int links)
    {
        if (links == 0)
            throw new IOException($"too many links in {folder}");

        var parent = Path.GetDirectoryName(folder);
        if (parent is null)
            return folder;

        var real = Path.Combine(RealFolder(parent, links), Path.GetFileName(folder));
        return new DirectoryInfo(real).LinkTarget is { } target
            ? RealFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(target, Path.GetDirectoryName(real)!)), links - 1)
            : real;
    }

    private static SnapshotException Refused(string path, string message, string nextStep) => new(new SnapshotProblem(path, message, nextStep));
}
