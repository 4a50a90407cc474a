namespace AgentLift.Migration.Snapshots;

/// <summary>Copies of files under the hash of their bytes. Written once, complete from the moment that they have their name.</summary>
internal sealed class ObjectStore(IDisk disk, StoreLayout layout)
{
    /// <summary>Stores bytes unless they are stored already; call <see cref="Flush"/> with the folders after the last one.</summary>
    public void Put(string hash, ReadOnlySpan<byte> bytes, ISet<string> toFlush)
    {
        var path = layout.ObjectPath(hash);
        if (new FileInfo(path) is { Exists: true } stored && stored.Length == bytes.Length)
            return;

        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            disk.CreateFolder(folder);
            toFlush.Add(layout.Objects);
        }

        var temporary = layout.NewTemporary();
        try
        {
            disk.Write(temporary, bytes, null, null);
            disk.Move(temporary, path);
        }
        catch (Exception failure) when (DiskFailure.Is(failure))
        {
            // On a full disk, what was half written is what is missing.
            disk.Delete(temporary);
            throw;
        }

        toFlush.Add(folder);
    }

    public void Flush(ISet<string> folders)
    {
        foreach (var folder in folders)
            disk.FlushFolder(folder);
    }

    /// <exception cref="SnapshotException">The object is missing or its bytes are not those of its name.</exception>
    public byte[] Read(string hash)
    {
        var path = layout.ObjectPath(hash);
        try
        {
            var bytes = File.ReadAllBytes(path);
            return ContentHash.Of(bytes) == hash ? bytes : throw Damaged(path, "the stored copy is damaged");
        }
        catch (Exception failure) when (DiskFailure.Is(failure))
        {
            throw Damaged(path, $"the stored copy cannot be read: {failure.Message}");
        }
    }

    private SnapshotException Damaged(string path, string message) =>
        new(new SnapshotProblem(layout.Shown(path), message, $"bring back {StoreLayout.FolderName} or the sources from a back-up or from version control"));
}
