namespace AgentLift.Migration.Snapshots;

/// <summary>Where things lie in the store.</summary>
/// <param name="Root">The solution root, without links.</param>
internal sealed record StoreLayout(string Root)
{
    public const string FolderName = ".agentlift";

    /// <summary>Ends the name of every file that is written next to the one that it replaces.</summary>
    public const string TemporaryEnding = ".agentlift-tmp";

    public string Folder { get; } = Path.Combine(Root, FolderName);

    public string Objects { get; } = Path.Combine(Root, FolderName, "objects");

    public string Runs { get; } = Path.Combine(Root, FolderName, "runs");

    /// <summary>Whatever lies here is unfinished or thrown away; recovery empties it.</summary>
    public string Temporary { get; } = Path.Combine(Root, FolderName, "tmp");

    public string Ignore { get; } = Path.Combine(Root, FolderName, ".gitignore");

    public string Lock { get; } = Path.Combine(Root, FolderName, "lock");

    public string LockOwner { get; } = Path.Combine(Root, FolderName, "lock-owner");

    public string RunFolder(string run) => Path.Combine(Runs, run);

    public string Manifest(string run) => Path.Combine(Runs, run, ManifestName);

    public string JournalOf(string run) => Path.Combine(Runs, run, JournalName);

    /// <summary>Two levels, as in git: few folders, none of them with very many files.</summary>
    public string ObjectPath(string hash) => Path.Combine(Objects, hash[..2], hash[2..]);

    /// <summary>A path as people and git read it.</summary>
    public string Shown(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    public string? ShownObject(string? hash) => hash is null ? null : Shown(ObjectPath(hash));

    /// <summary>A new name in the folder for unfinished things.</summary>
    public string NewTemporary() => Path.Combine(Temporary, Guid.NewGuid().ToString("N"));

    public const string ManifestName = "manifest.json";

    public const string JournalName = "journal.jsonl";
}
