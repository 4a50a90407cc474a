using System.Text;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Snapshots;

/// <summary>A folder with files and a store, for one test.</summary>
internal sealed class SnapshotTree : IDisposable
{
    public static readonly RunInfo Info = new("agentlift 1.0.0", "Fleet.sln", "agentlift migrate Fleet.sln");

    private readonly TemporaryFolder folder = new();

    public string Root => folder.Path;

    public SnapshotStore Open() => SnapshotStore.Open(Root);

    public SnapshotStore Open(IDisk disk) => SnapshotStore.Open(Root, TimeProvider.System, disk);

    public string At(string file) => folder.At(file);

    public void Write(string file, string content) => Write(file, Bytes(content));

    /// <summary>Writes a file with a time stamp of long ago, so that a later one shows.</summary>
    public void Write(string file, byte[] content, UnixFileMode? mode = null)
    {
        var path = At(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        if (mode is { } wanted && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, wanted);
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 2, 29, 12, 0, 0, DateTimeKind.Utc).AddTicks(1_234_567 + content.Length));
    }

    public string Read(string file) => Encoding.UTF8.GetString(File.ReadAllBytes(At(file)));

    public byte[] ReadBytes(string file) => File.ReadAllBytes(At(file));

    /// <summary>An edit based on what the file is now.</summary>
    public FileChange Edit(string file, string content) => FileChange.Edit(file, ContentHash.Of(ReadBytes(file)), Bytes(content));

    public FileChange Delete(string file) => FileChange.Delete(file, ContentHash.Of(ReadBytes(file)));

    public static FileChange Create(string file, string content) => FileChange.Create(file, Bytes(content));

    /// <summary>One run with one transaction.</summary>
    public static string Apply(SnapshotStore store, params FileChange[] changes)
    {
        var run = store.Begin(Info);
        run.Apply("Infrastructure", "Poller", changes);
        run.Complete();
        return run.Id;
    }

    /// <summary>Every file and folder outside the store: name, mode, hash and, where asked for, the time of the last write.</summary>
    public string[] State(bool times = true) =>
    [
        .. new DirectoryInfo(Root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(entry => (Name: Path.GetRelativePath(Root, entry.FullName), Entry: entry))
            .Where(pair => pair.Name.Split('/', '\\')[0] != ".agentlift")
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => pair.Entry is FileInfo { LinkTarget: null } file
                ? $"{pair.Name} {Mode(file)} {ContentHash.Of(File.ReadAllBytes(file.FullName))}{(times ? $" {file.LastWriteTimeUtc:O}" : string.Empty)}"
                : $"{pair.Name} -> {pair.Entry.LinkTarget}"),
    ];

    public IEnumerable<string> LeftOver() => Directory.EnumerateFileSystemEntries(At(".agentlift/tmp"));

    public void Dispose() => folder.Dispose();

    public static byte[] Bytes(string content) => Encoding.UTF8.GetBytes(content);

    private static string Mode(FileInfo file) => OperatingSystem.IsWindows() ? string.Empty : file.UnixFileMode.ToString();
}
