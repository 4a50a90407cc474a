using System.Runtime.InteropServices;

namespace AgentLift.Migration.Snapshots;

/// <summary>The real disk.</summary>
internal sealed class Disk : IDisk
{
    public void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode? mode, DateTime? lastWrite)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (mode is { } created && !OperatingSystem.IsWindows())
            options.UnixCreateMode = created & UserOnly;

        using var stream = new FileStream(path, options);
        stream.Write(bytes);
        // The mask of the process has been taken off the mode of creation.
        if (mode is { } wanted && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(stream.SafeFileHandle, wanted);
        if (lastWrite is { } time)
            File.SetLastWriteTimeUtc(stream.SafeFileHandle, time);
        stream.Flush(flushToDisk: true);
    }

    public void Append(string path, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    public void Truncate(string path, long length)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.SetLength(length);
        stream.Flush(flushToDisk: true);
    }

    public void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public void MoveFolder(string from, string to) => Directory.Move(from, to);

    public void Delete(string path) => File.Delete(path);

    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    public void DeleteFolder(string path) => Directory.Delete(path);

    public void FlushFolder(string path)
    {
        // Windows journals its folders itself; elsewhere a rename is durable only once its folder is flushed. .NET opens no folders.
        if (OperatingSystem.IsWindows())
            return;

        var folder = NativeMethods.Open(path, 0);
        if (folder < 0)
            throw new IOException($"The folder cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");

        // Some network file systems cannot flush folders; there is nothing better to do then.
        _ = NativeMethods.Flush(folder);
        _ = NativeMethods.Close(folder);
    }

    private const UnixFileMode UserOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        public static extern int Flush(int file);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        public static extern int Close(int file);
    }
}
