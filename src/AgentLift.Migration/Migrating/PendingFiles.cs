using System.Collections.Immutable;
using AgentLift.Migration.Editing;
using AgentLift.Migration.Loading;
using AgentLift.Migration.Snapshots;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Migrating;

/// <summary>The bytes of the files that a run touches, as they are after the edits so far: an edit of a file stands on the one before it.</summary>
internal sealed class PendingFiles(string root)
{
    private readonly ReportedPaths paths = new(root);
    private readonly Dictionary<string, (byte[] Bytes, SourceText Text)?> files = new(StringComparer.Ordinal);

    /// <summary>A file's text as it will be; its encoding is kept.</summary>
    public SourceText Read(string path)
    {
        if (files.TryGetValue(path, out var known) && known is { } present)
            return present.Text;
        var bytes = File.ReadAllBytes(path);
        using var stream = new MemoryStream(bytes);
        var text = SourceText.From(stream);
        files[path] = (bytes, text);
        return text;
    }

    /// <summary>Whether a file will be there.</summary>
    public bool Has(string path) => files.TryGetValue(path, out var known) ? known is not null : File.Exists(path);

    /// <summary>The changes of some edits, which count from now on.</summary>
    /// <exception cref="SnapshotException">A file is not the one that was read any more. None of the edits counts.</exception>
    public ImmutableArray<FileChange> Take(IEnumerable<FileEdit> edits)
    {
        var taken = edits.Select(edit => (Edit: edit, Bytes: BytesOf(edit), Change: default(FileChange))).ToList();
        var changes = ImmutableArray.CreateBuilder<FileChange>(taken.Count);
        foreach (var (edit, (before, after), _) in taken)
        {
            changes.Add((before, after) switch
            {
                (null, { } content) => FileChange.Create(edit.Path, content),
                ({ } old, { } content) => FileChange.Edit(edit.Path, ContentHash.Of(old), content),
                ({ } old, null) => FileChange.Delete(edit.Path, ContentHash.Of(old)),
                _ => throw new InvalidOperationException($"The edit of {edit.Path} does nothing."),
            });
        }

        foreach (var (edit, (_, after), _) in taken)
            files[edit.Path] = after is null ? null : (after, edit.After!);
        return changes.MoveToImmutable();
    }

    /// <summary>Forgets what was taken, since it was taken back or not written.</summary>
    public void Forget(IEnumerable<string> paths)
    {
        foreach (var path in paths)
            files.Remove(path);
    }

    private (byte[]? Before, byte[]? After) BytesOf(FileEdit edit)
    {
        if (edit.Before is null)
            return (null, SourceBytes.New(edit.After!));
        byte[] bytes;
        try
        {
            bytes = files.TryGetValue(edit.Path, out var known) && known is { } present ? present.Bytes : File.ReadAllBytes(edit.Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SnapshotException(new SnapshotProblem(paths.Of(edit.Path), $"the file cannot be read: {failure.Message}", "give yourself read permission, or close the program that holds the file, then run again"), failure);
        }

        if (edit.After is null)
            return (bytes, null);
        return (bytes, SourceBytes.Edit(edit.Before, bytes, edit.After)
            ?? throw new SnapshotException(new SnapshotProblem(paths.Of(edit.Path), "the file was changed by someone else since it was read", "run again, so that the work starts from its present content")));
    }
}
