namespace AgentLift.Migration.Snapshots;

/// <summary>Every step that changes something on disk, so that a test can stop the world before, within and after each.</summary>
internal interface IDisk
{
    /// <summary>Writes a file that does not exist, with mode and time where given, and flushes it to the device.</summary>
    void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode? mode, DateTime? lastWrite);

    /// <summary>Appends to a file, which is created where it is missing, and flushes it to the device.</summary>
    void Append(string path, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts a file.</summary>
    void Truncate(string path, long length);

    /// <summary>Renames a file over another one in the same file system.</summary>
    void Move(string from, string to);

    /// <summary>Renames a folder to a name that is free.</summary>
    void MoveFolder(string from, string to);

    /// <summary>Deletes a file.</summary>
    void Delete(string path);

    /// <summary>Creates one folder; its parent exists.</summary>
    void CreateFolder(string path);

    /// <summary>Deletes an empty folder.</summary>
    void DeleteFolder(string path);

    /// <summary>Makes renames and deletions in a folder durable, where the platform can.</summary>
    void FlushFolder(string path);
}
