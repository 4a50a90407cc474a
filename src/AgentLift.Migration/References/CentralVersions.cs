namespace AgentLift.Migration.References;

/// <summary>Where a project's package versions are kept centrally.</summary>
internal static class CentralVersions
{
    private const string FileName = "Directory.Packages.props";
    private const string SwitchedOn = "<ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>";
    private const string SwitchedOff = "<ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>";

    /// <summary>The file that lists the versions for a project; <see langword="null"/> where the project gives its own.</summary>
    /// <param name="project">Full path of the project file.</param>
    public static string? FileFor(string project)
    {
        var folders = new List<DirectoryInfo>();
        for (var folder = new FileInfo(project).Directory; folder is not null; folder = folder.Parent)
            folders.Add(folder);

        // MSBuild imports the nearest; that one, or one further up that it imports, may hold the switch.
        var nearest = folders.Select(folder => Path.Combine(folder.FullName, FileName)).FirstOrDefault(File.Exists);
        if (nearest is null || Says(project, SwitchedOff))
            return null;
        var files = folders.SelectMany(folder => new[] { FileName, "Directory.Build.props" }.Select(name => Path.Combine(folder.FullName, name)));
        return files.Append(project).Where(File.Exists).Any(file => Says(file, SwitchedOn)) ? nearest : null;
    }

    /// <summary>Whether the file, or one above it, gives a package a version.</summary>
    public static bool Know(string file, string package)
    {
        for (var folder = new FileInfo(file).Directory; folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, FileName);
            if (File.Exists(candidate) && PackageReferenceEdit.Has(File.ReadAllText(candidate), "PackageVersion", package))
                return true;
        }

        return false;
    }

    private static bool Says(string file, string what) =>
        File.ReadAllText(file).Replace(" ", string.Empty, StringComparison.Ordinal).Contains(what, StringComparison.OrdinalIgnoreCase);
}
