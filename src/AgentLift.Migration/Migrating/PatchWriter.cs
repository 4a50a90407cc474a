using System.Collections.Immutable;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Migrating;

/// <summary>Writes nothing, and keeps what would be written as one unified diff.</summary>
internal sealed class PatchWriter(string root) : IMigrationWriter
{
    private readonly SortedDictionary<string, (ReadOnlyMemory<byte>? Before, ReadOnlyMemory<byte>? After)> files = new(StringComparer.Ordinal);

    public string? Run => null;

    public ImmutableArray<string> Write(string stage, string agent, ImmutableArray<FileChange> changes)
    {
        foreach (var change in changes)
        {
            var path = Path.GetRelativePath(root, change.Path).Replace('\\', '/');
            var before = files.TryGetValue(path, out var known) ? known.Before : File.Exists(change.Path) ? File.ReadAllBytes(change.Path).AsMemory() : default(ReadOnlyMemory<byte>?);
            files[path] = (before, change.Content);
        }

        return [.. changes.Select(change => Path.GetRelativePath(root, change.Path).Replace('\\', '/'))];
    }

    public void TakeBack(string stage, string agent) => throw new NotSupportedException("A dry run has nothing to take back.");

    public void Complete()
    {
        // The patch is written on demand.
    }

    /// <summary>Writes the diff of all files.</summary>
    public void WriteTo(Stream output)
    {
        foreach (var (path, (before, after)) in files)
            FilePatch.Write(output, path, Side(path, before), Side(path, after));
    }

    private PatchSide? Side(string path, ReadOnlyMemory<byte>? bytes) => bytes is { } content ? new PatchSide(content, IsExecutable(path)) : null;

    private bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(Path.Combine(root, path)) && (File.GetUnixFileMode(Path.Combine(root, path)) & UnixFileMode.UserExecute) != 0;
}
