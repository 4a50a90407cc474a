namespace AgentLift.Migration.Snapshots;

/// <summary>
/// Puts the files of one transaction into place: written aside in the same folder, and thereby on the same file
/// system, then renamed. The names aside follow from the journal, so that whoever recovers finds them.
/// </summary>
internal sealed class FilePlacement(StoreParts parts, string run, BeginRecord begin)
{
    private readonly HashSet<string> touched = new(StringComparer.Ordinal);

    /// <summary>Writes bytes of the store aside, with mode and time.</summary>
    public void WriteAside(int index, FileState state) => Step(index, () =>
    {
        var bytes = parts.Objects.Read(state.Hash);
        CreateFolders(Path.GetDirectoryName(FileOf(index))!);
        DropAside(index);
        parts.Disk.Write(AsideOf(index), bytes, state.Mode, state.LastWrite);
    });

    public void Rename(int index) => Step(index, () =>
    {
        parts.Disk.Move(AsideOf(index), FileOf(index));
        touched.Add(Path.GetDirectoryName(FileOf(index))!);
    });

    public void Delete(int index) => Step(index, () =>
    {
        parts.Disk.Delete(FileOf(index));
        touched.Add(Path.GetDirectoryName(FileOf(index))!);
    });

    public void DropAside(int index) => Step(index, () =>
    {
        if (File.Exists(AsideOf(index)))
            parts.Disk.Delete(AsideOf(index));
    });

    /// <summary>Removes those of some folders that are empty.</summary>
    /// <param name="folders">Relative to the root, parents first.</param>
    public void RemoveEmpty(IEnumerable<string> folders)
    {
        foreach (var folder in folders.Reverse())
        {
            var path = parts.Paths.FullOf(folder);
            if (!parts.Paths.IsStillReal(folder) || !Directory.Exists(path) || Directory.EnumerateFileSystemEntries(path).Any())
                continue;

            Step(folder, () => parts.Disk.DeleteFolder(path));
            touched.Add(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Makes all of it durable.</summary>
    public void Flush()
    {
        foreach (var folder in touched.Where(Directory.Exists))
            Step(parts.Layout.Shown(folder), () => parts.Disk.FlushFolder(folder));
    }

    private string FileOf(int index) => parts.Paths.FullOf(begin.Entries[index].Path);

    private string AsideOf(int index) =>
        Path.Combine(Path.GetDirectoryName(FileOf(index))!, $".{run}-{begin.Transaction}-{index}{StoreLayout.TemporaryEnding}");

    private void CreateFolders(string folder)
    {
        if (Directory.Exists(folder))
            return;

        var parent = Path.GetDirectoryName(folder)!;
        CreateFolders(parent);
        parts.Disk.CreateFolder(folder);
        touched.Add(parent);
    }

    private void Step(int index, Action step) => Step(begin.Entries[index].Path, step);

    private static void Step(string file, Action step)
    {
        try
        {
            step();
        }
        catch (Exception failure) when (DiskFailure.Is(failure))
        {
            throw DiskFailure.Of(file, failure);
        }
    }
}
