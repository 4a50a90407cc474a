using System.Collections.Immutable;
using System.Text.Json;

namespace AgentLift.Migration.Snapshots;

/// <summary>The runs of a solution, read without the lock: also while a migration is at work.</summary>
public static class RunHistory
{
    internal const int Format = 1;

    /// <summary>All runs, the oldest first; none where nothing was ever migrated.</summary>
    /// <param name="root">The solution root.</param>
    /// <exception cref="SnapshotException">A manifest or journal is damaged or of a later version.</exception>
    public static ImmutableArray<RunSummary> Read(string root) =>
        Summaries(ReadRecorded(new StoreLayout(new RootedPaths(root).Root)));

    // One that was killed before its first transaction has done nothing that could be shown.
    internal static ImmutableArray<RunSummary> Summaries(ImmutableArray<RecordedRun> runs) => [.. runs.Where(run => !run.All.IsEmpty).Select(run => run.Summary())];

    internal static ImmutableArray<RecordedRun> ReadRecorded(StoreLayout layout)
    {
        if (!Directory.Exists(layout.Runs))
            return [];

        return
        [
            .. Directory.EnumerateDirectories(layout.Runs)
                .Select(folder => ReadRun(layout, Path.GetFileName(folder)))
                .OfType<RecordedRun>()
                .OrderBy(run => run.Manifest.Number),
        ];
    }

    private static RecordedRun? ReadRun(StoreLayout layout, string id)
    {
        var file = layout.Manifest(id);
        try
        {
            var manifest = JsonSerializer.Deserialize<RunManifest>(File.ReadAllBytes(file), StoreJson.Options)!;
            return manifest.Format == Format
                ? RecordedRun.Of(manifest, Journal.Read(layout, layout.JournalOf(id)).Records)
                : throw Unreadable(layout, file, $"the run is of format {manifest.Format}, this tool reads {Format}", "use the tool's version that wrote it");
        }
        catch (DirectoryNotFoundException)
        {
            // Pruned by another process since the folders were listed.
            return null;
        }
        catch (Exception failure) when (DiskFailure.Is(failure) || failure is JsonException)
        {
            throw Unreadable(layout, file, $"the manifest cannot be read: {failure.Message}", "bring it back from a back-up; if the run need not be taken back, move its folder away");
        }
    }

    private static SnapshotException Unreadable(StoreLayout layout, string file, string message, string nextStep) =>
        new(new SnapshotProblem(layout.Shown(file), message, nextStep));
}
