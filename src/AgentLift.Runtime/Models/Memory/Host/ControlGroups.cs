using System.Globalization;

namespace AgentLift.Runtime.Models.Memory.Host;

/// <summary>The limits that control groups put on the memory of this process: its own, and those of all groups around it.</summary>
internal static class ControlGroups
{
    private const string Mount = "sys/fs/cgroup";
    private static readonly GroupFiles Unified = new("memory.max", "memory.current", "inactive_file ");
    private static readonly GroupFiles Legacy = new("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file ");

    /// <param name="root">Where the file system begins.</param>
    /// <returns>Empty where nothing limits it.</returns>
    public static IEnumerable<HostCapacity> Limits(string root)
    {
        var list = Path.Combine(root, "proc/self/cgroup");
        return File.Exists(list) ? File.ReadAllLines(list).SelectMany(line => Around(root, line)) : [];
    }

    // As "0::/user.slice/app.service", or of the older kind "4:memory:/docker/0123".
    private static IEnumerable<HostCapacity> Around(string root, string line) => line.Split(':', 3) switch
    {
        ["0", "", var path] => Around(Path.Combine(root, Mount), path, Unified),
        [_, var controllers, var path] when controllers.Split(',').Contains("memory") => Around(Path.Combine(root, Mount, "memory"), path, Legacy),
        _ => [],
    };

    // A container may see its own group as the root of the tree while the path is that of the machine: folders that are not there are passed over.
    private static IEnumerable<HostCapacity> Around(string top, string path, GroupFiles files)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, parts.Length + 1).Select(depth => Limit(Path.Combine([top, .. parts[..depth]]), files)).OfType<HostCapacity>();
    }

    private static HostCapacity? Limit(string folder, GroupFiles files)
    {
        // "max" is no limit. The older kind writes a number beyond all memory, which limits nothing.
        if (NumberIn(Path.Combine(folder, files.Limit)) is not { } limit || NumberIn(Path.Combine(folder, files.Usage)) is not { } usage)
            return null;

        // Pages of files that nobody has used for long count as used, and are given up before anything fails: a model just read fills them.
        var stat = Path.Combine(folder, "memory.stat");
        var cache = File.Exists(stat) ? File.ReadLines(stat).FirstOrDefault(line => line.StartsWith(files.Cache, StringComparison.Ordinal)) : null;
        return new HostCapacity(limit, Math.Clamp(limit - usage + (Number(cache?[files.Cache.Length..]) ?? 0), 0, limit));
    }

    private static long? NumberIn(string file) => File.Exists(file) ? Number(File.ReadAllText(file)) : null;

    private static long? Number(string? text) => long.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The names of a kind of control groups.</summary>
    /// <param name="Limit">The file of the limit, in bytes.</param>
    /// <param name="Usage">The file of the usage, in bytes.</param>
    /// <param name="Cache">The beginning of the line in memory.stat that tells the cache which is given up first, in bytes.</param>
    private sealed record GroupFiles(string Limit, string Usage, string Cache);
}
