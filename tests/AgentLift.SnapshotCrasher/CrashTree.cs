using System.Text;
using AgentLift.Migration.Snapshots;

namespace AgentLift.SnapshotCrasher;

/// <summary>Thirty files that three transactions edit, delete and create; the same bytes each time, so that every legal state is known.</summary>
public static class CrashTree
{
    /// <summary>Stage and agent of the transactions.</summary>
    public static readonly (string Stage, string Agent)[] Transactions = [("Infrastructure", "A"), ("CoreLogic", "A"), ("Infrastructure", "B")];

    private const int FilesOfTransaction = 10;
    private static readonly DateTime Laid = new(2020, 2, 29, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>Writes the files as they are before any migration.</summary>
    public static void Lay(string root)
    {
        foreach (var file in Files().Where(file => file.Before is not null))
        {
            var path = Path.Combine(root, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Before!);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, file.Mode);
            File.SetLastWriteTimeUtc(path, file.Time);
        }
    }

    /// <summary>The changes of one transaction.</summary>
    public static IEnumerable<FileChange> Changes(int transaction) =>
        Files().Where(file => file.Transaction == transaction).Select(file =>
            file.Before is null ? FileChange.Create(file.Path, file.After!)
            : file.After is null ? FileChange.Delete(file.Path, ContentHash.Of(file.Before))
            : FileChange.Edit(file.Path, ContentHash.Of(file.Before), file.After));

    /// <summary>How a tree differs from the state in which some of the transactions stand.</summary>
    public static IEnumerable<string> Differences(string root, IReadOnlySet<int> applied)
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Files())
        {
            var stands = applied.Contains(file.Transaction);
            var bytes = stands ? file.After : file.Before;
            var path = Path.Combine(root, file.Path);
            if (bytes is null)
                continue;

            expected.Add(path);
            for (var folder = Path.GetDirectoryName(path)!; folder != root; folder = Path.GetDirectoryName(folder)!)
                expected.Add(folder);
            if (!File.Exists(path))
                yield return $"{file.Path} is missing";
            else if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
                yield return $"{file.Path} has other bytes";
            else if (!OperatingSystem.IsWindows() && file.Before is not null && File.GetUnixFileMode(path) != file.Mode)
                yield return $"{file.Path} has mode {File.GetUnixFileMode(path)}";
            else if (!stands && File.GetLastWriteTimeUtc(path) != file.Time)
                yield return $"{file.Path} was written at {File.GetLastWriteTimeUtc(path):O}";
        }

        var store = Path.Combine(root, ".agentlift");
        foreach (var entry in Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories))
        {
            if (!entry.StartsWith(store, StringComparison.Ordinal) && !expected.Contains(entry))
                yield return $"{entry} is too many";
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(Path.Combine(store, "tmp")))
            yield return $"{entry} is left over";
    }

    private static IEnumerable<CrashFile> Files()
    {
        for (var transaction = 0; transaction < Transactions.Length; transaction++)
        {
            for (var i = 0; i < FilesOfTransaction; i++)
            {
                var number = (transaction * FilesOfTransaction) + i;
                var before = i == 0 ? null : Content("before", number);
                var after = i == 1 ? null : Content("after", number);
                var path = i == 0 ? $"new folder {transaction}/deep/Neü {number}.cs" : $"src/{i % 3}/File {number}.cs";
                var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | (i % 2 == 0 ? UnixFileMode.UserExecute : UnixFileMode.GroupRead);
                yield return new CrashFile(path, transaction, before, after, mode, Laid.AddTicks(number * 1_234_567L));
            }
        }
    }

    private static byte[] Content(string what, int number)
    {
        var text = new StringBuilder();
        for (var line = 0; line < 20 + number; line++)
            text.Append($"// {what} {number}, line {line}: ä").Append(number % 2 == 0 ? "\r\n" : "\n");
        byte[] mark = number % 3 == 0 ? [0xEF, 0xBB, 0xBF] : [];
        return [.. mark, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private sealed record CrashFile(string Path, int Transaction, byte[]? Before, byte[]? After, UnixFileMode Mode, DateTime Time);
}
