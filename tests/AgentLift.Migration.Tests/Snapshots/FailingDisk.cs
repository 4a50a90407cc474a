using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Snapshots;

/// <summary>The real disk, with something that happens before each write or rename: a failure, or somebody else's work.</summary>
internal sealed class FailingDisk : IDisk
{
    private readonly Disk disk = new();

    public Action<string> BeforeWrite { get; set; } = _ => { };

    public Action<string> BeforeMove { get; set; } = _ => { };

    public void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode? mode, DateTime? lastWrite)
    {
        BeforeWrite(path);
        disk.Write(path, bytes, mode, lastWrite);
    }

    public void Append(string path, ReadOnlySpan<byte> bytes) => disk.Append(path, bytes);

    public void Truncate(string path, long length) => disk.Truncate(path, length);

    public void Move(string from, string to)
    {
        BeforeMove(to);
        disk.Move(from, to);
    }

    public void MoveFolder(string from, string to) => disk.MoveFolder(from, to);

    public void Delete(string path) => disk.Delete(path);

    public void CreateFolder(string path) => disk.CreateFolder(path);

    public void DeleteFolder(string path) => disk.DeleteFolder(path);

    public void FlushFolder(string path) => disk.FlushFolder(path);
}
