namespace AgentLift.Migration.Loading;

/// <summary>Turns full paths into the ones that reports show: relative to the target's folder, with forward slashes.</summary>
/// <param name="root">Full path of the target's folder.</param>
internal sealed class ReportedPaths(string root)
{
    /// <summary>The reported form of a path; a path that is relative already stays as it is.</summary>
    public string Of(string path) =>
        (Path.IsPathRooted(path) ? Path.GetRelativePath(root, path) : path).Replace('\\', '/');
}
