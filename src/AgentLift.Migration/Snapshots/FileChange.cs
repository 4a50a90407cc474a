namespace AgentLift.Migration.Snapshots;

/// <summary>What a migration wants to do to one file.</summary>
public sealed record FileChange
{
    private FileChange(string path, string? basedOn, ReadOnlyMemory<byte>? content)
    {
        Path = path;
        BasedOn = basedOn;
        Content = content;
    }

    /// <summary>The file: relative to the root, or absolute and under it.</summary>
    public string Path { get; }

    /// <summary>The <see cref="ContentHash"/> of the bytes that the change was made from, or <see langword="null"/> for a file that must not exist yet.</summary>
    public string? BasedOn { get; }

    /// <summary>The new bytes, or <see langword="null"/> for a deletion.</summary>
    public ReadOnlyMemory<byte>? Content { get; }

    /// <summary>A file that does not exist yet; its folder is created where it is missing.</summary>
    public static FileChange Create(string path, ReadOnlyMemory<byte> content) => new(path, null, content);

    /// <summary>New bytes for a file that has the bytes of <paramref name="basedOn"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="basedOn">The <see cref="ContentHash"/> of the bytes that were read.</param>
    /// <param name="content">The new bytes.</param>
    public static FileChange Edit(string path, string basedOn, ReadOnlyMemory<byte> content)
    {
        ArgumentNullException.ThrowIfNull(basedOn);
        return new(path, basedOn, content);
    }

    /// <summary>The deletion of a file that has the bytes of <paramref name="basedOn"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="basedOn">The <see cref="ContentHash"/> of the bytes that were read.</param>
    public static FileChange Delete(string path, string basedOn)
    {
        ArgumentNullException.ThrowIfNull(basedOn);
        return new(path, basedOn, null);
    }
}
