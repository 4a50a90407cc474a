namespace AgentLift.Migration.Snapshots;

/// <summary>What a file of the tree is at one moment.</summary>
/// <param name="Hash"><see cref="ContentHash"/> of its bytes.</param>
/// <param name="Mode">Unix mode; <see langword="null"/> on Windows, and for a file yet to be created.</param>
/// <param name="LastWrite">Time of the last write, in UTC; <see langword="null"/> where it will be that of the writing.</param>
internal sealed record FileState(string Hash, UnixFileMode? Mode, DateTime? LastWrite);

/// <summary>A file of the tree, read.</summary>
internal sealed record TreeFile(byte[] Bytes, FileState State)
{
    /// <summary>The file, or <see langword="null"/> where there is none.</summary>
    /// <exception cref="SnapshotException">It cannot be read, or is a folder.</exception>
    public static TreeFile? Read(RootedPaths paths, string relative)
    {
        var path = paths.FullOf(relative);
        try
        {
            // Fails where another program holds the file for itself, which is better learnt now than at the rename.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new TreeFile(bytes, new FileState(
                ContentHash.Of(bytes),
                OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(stream.SafeFileHandle),
                File.GetLastWriteTimeUtc(stream.SafeFileHandle)));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (DiskFailure.Is(failure))
        {
            throw Directory.Exists(path)
                ? new SnapshotException(new SnapshotProblem(relative, "a folder stands where the file should be", "move the folder away"), failure)
                : new SnapshotException(new SnapshotProblem(
                    relative, $"the file cannot be read: {failure.Message}", "give yourself read permission, or close the program that holds the file, then run again"), failure);
        }
    }

    /// <summary>Whether someone has marked a file as not to be written. A rename would pass over that.</summary>
    public static bool IsReadOnly(RootedPaths paths, string relative, FileState state) =>
        state.Mode is { } mode
            ? (mode & UnixFileMode.UserWrite) == 0
            : (File.GetAttributes(paths.FullOf(relative)) & FileAttributes.ReadOnly) != 0;
}
