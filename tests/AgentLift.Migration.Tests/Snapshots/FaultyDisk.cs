using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Snapshots;

/// <summary>How the step at which the world stops is left.</summary>
public enum Cut
{
    /// <summary>Nothing of the step has happened.</summary>
    Before,

    /// <summary>What can be half done is half done.</summary>
    Within,
}

/// <summary>
/// Stops the world at one step, as a kill does: every later step fails too, so that no clean-up changes anything.
/// Flushes of folders count as steps and are not carried out, since a test cannot lose the machine's power.
/// </summary>
internal sealed class FaultyDisk(int stopAt, Cut cut) : IDisk
{
    private readonly Disk disk = new();

    public int Steps { get; private set; }

    public bool Stopped => Steps >= stopAt;

    public void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode? mode, DateTime? lastWrite)
    {
        if (Next())
            disk.Write(path, bytes, mode, lastWrite);
        else
            Stop(path, bytes);
    }

    public void Append(string path, ReadOnlySpan<byte> bytes)
    {
        if (Next())
            disk.Append(path, bytes);
        else
            Stop(path, bytes);
    }

    public void Truncate(string path, long length) => Do(() => disk.Truncate(path, length));

    public void Move(string from, string to) => Do(() => disk.Move(from, to));

    public void MoveFolder(string from, string to) => Do(() => disk.MoveFolder(from, to));

    public void Delete(string path) => Do(() => disk.Delete(path));

    public void CreateFolder(string path) => Do(() => disk.CreateFolder(path));

    public void DeleteFolder(string path) => Do(() => disk.DeleteFolder(path));

    public void FlushFolder(string path) => Do(() => { });

    private bool Next() => ++Steps < stopAt;

    private void Do(Action step)
    {
        if (!Next())
            throw new KilledException();
        step();
    }

    private void Stop(string path, ReadOnlySpan<byte> bytes)
    {
        if (Steps == stopAt && cut == Cut.Within)
        {
            using var stream = new FileStream(path, FileMode.Append);
            stream.Write(bytes[..(bytes.Length / 2)]);
        }

        throw new KilledException();
    }

    internal sealed class KilledException : Exception
    {
        public KilledException()
            : base("killed")
        {
        }
    }
}
