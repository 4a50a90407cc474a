using System.Text.Json;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using AgentLift.Migration.Migrating;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Reruns;

/// <summary>
/// Remembers a migration that ended by finding nothing left to do, so that the same command on the same files need not load and lift them to say so again.
/// It is forgotten as soon as anything differs: the command, the tool, the SDK, or a file.
/// </summary>
public sealed class SettledRun
{
    private const string FileName = "settled.json";

    // A tool that was built anew may lift more.
    private static readonly string Build = string.Join('+', new[] { typeof(Evidence), typeof(StageLift), typeof(SettledRun) }.Select(type => type.Module.ModuleVersionId));

    private readonly string root;
    private readonly IReadOnlyList<string> command;
    private readonly string? output;
    private readonly DateTime began = DateTime.UtcNow;
    private readonly Dictionary<string, string> files;

    /// <summary>Notes the state of the files. To be made before they are loaded.</summary>
    /// <param name="root">Full path of the target's folder.</param>
    /// <param name="command">What tells one command from another.</param>
    /// <param name="output">The file that the report goes to, which is no input; <see langword="null"/> where there is none.</param>
    public SettledRun(string root, IReadOnlyList<string> command, string? output)
    {
        (this.root, this.command, this.output) = (root, command, output is null ? null : Path.GetFullPath(output));
        files = Files();
    }

    private string Record => Path.Combine(new StoreLayout(root).Folder, FileName);

    /// <summary>What a migration would report that has nothing to do; <see langword="null"/> where it has to look.</summary>
    public MigrationReport? Find()
    {
        try
        {
            return File.Exists(Record)
                && JsonSerializer.Deserialize<SettledRecord>(File.ReadAllBytes(Record), StoreJson.Options) is { } record
                && record.Build == Build
                && record.Command.SequenceEqual(command, StringComparer.Ordinal)
                && Same(record.Files, files)
                && record.Elsewhere.All(file => InputFiles.StateOf(new FileInfo(file.Key)) == file.Value)
                    ? record.Report
                    : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Remembers a migration, if it left nothing to do and nobody else changed a file meanwhile.</summary>
    /// <param name="report">What it did.</param>
    /// <param name="source">What it read.</param>
    /// <param name="store">What it wrote.</param>
    public void Remember(MigrationReport report, MigrationSource source, SnapshotStore store)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(store);
        if (report is { DryRun: true } or not { Settled: true, Succeeded: true, Errors.IsEmpty: true })
            return;
        try
        {
            var now = Files();
            var written = report.Files.Select(file => Path.GetFullPath(file, root)).ToHashSet(StringComparer.Ordinal);
            if (!Same(Without(files, written), Without(now, written)) || !StandsAsWritten(report, store))
                return;
            var elsewhere = InputFiles.Elsewhere(root, source.Loaded, now).Select(path => new FileInfo(path)).ToList();
            if (elsewhere.Exists(file => file.Exists && file.LastWriteTimeUtc >= began))
                return;
            var again = report with { Run = null, Files = [], Verifications = [], Agents = [.. report.Agents.Select(Again)] };
            var record = new SettledRecord(Build, [.. command], now, elsewhere.ToDictionary(file => file.FullName, InputFiles.StateOf), again);
            File.WriteAllBytes(Record + StoreLayout.TemporaryEnding, JsonSerializer.SerializeToUtf8Bytes(record, StoreJson.Options));
            File.Move(Record + StoreLayout.TemporaryEnding, Record, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The next run takes longer, and says the same.
        }
    }

    // What could be rolled back now has the bytes that the run gave it.
    private static bool StandsAsWritten(MigrationReport report, SnapshotStore store)
    {
        try
        {
            return report.Run is null || store.Rollback(new RollbackSelection { Run = report.Run }, dryRun: true).Run == report.Run;
        }
        catch (SnapshotException)
        {
            return false;
        }
    }

    private Dictionary<string, string> Files()
    {
        var found = InputFiles.Of(root);
        if (output is not null)
            found.Remove(output);
        return found;
    }

    private static Dictionary<string, string> Without(Dictionary<string, string> files, HashSet<string> some) =>
        files.Where(file => !some.Contains(file.Key)).ToDictionary(StringComparer.Ordinal);

    private static bool Same(Dictionary<string, string> some, Dictionary<string, string> others) =>
        some.Count == others.Count && some.All(file => others.TryGetValue(file.Key, out var state) && state == file.Value);

    private static MigratedAgent Again(MigratedAgent agent) => agent with
    {
        Outcome = agent.Outcome == MigrationOutcome.Lifted ? MigrationOutcome.Unchanged : agent.Outcome,
        Before = agent.Reached,
    };
}
