using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace AgentLift.Migration.Snapshots;

/// <summary>
/// One run of a migration. It leaves no trace until it writes something, so that runs that change nothing
/// do not push others out of the kept generations. Not safe for use by several threads.
/// </summary>
public sealed class MigrationRun
{
    private readonly StoreParts parts;
    private readonly RunInfo info;
    private readonly DateTimeOffset started;
    private Journal? journal;
    private bool ended;

    internal MigrationRun(StoreParts parts, RunInfo info)
    {
        this.parts = parts;
        this.info = info;
        started = parts.Now;
        do
            Id = $"{started.UtcDateTime:yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
        while (Directory.Exists(parts.Layout.RunFolder(Id)));
    }

    /// <summary>Start time in UTC and four random digits, such as <c>20261121-154501-7f3a</c>.</summary>
    public string Id { get; }

    /// <summary>Writes some files as one transaction: all of them or none, whatever happens.</summary>
    /// <param name="stage">The stage, by which it can be rolled back.</param>
    /// <param name="agent">The agent or project, by which it can be rolled back.</param>
    /// <param name="changes">The changes; those that would leave a file as it is are passed over.</param>
    /// <returns>The files that were written or deleted, relative to the root, in the order of the changes.</returns>
    /// <exception cref="SnapshotException">A file differs from what its change is based on, is read-only, lies outside the root, or cannot be written. Nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The run has ended, or an earlier transaction needs recovery.</exception>
    public ImmutableArray<string> Apply(string stage, string agent, IEnumerable<FileChange> changes)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(agent);
        if (ended)
            throw new InvalidOperationException("The run has ended, or was cut short and waits for recovery.");

        var prepared = TransactionPreparation.Of(parts.Paths, changes);
        if (prepared.Entries.IsEmpty)
            return [];

        prepared.Store(parts.Objects);
        journal ??= Create();
        var begin = new BeginRecord(
            parts.Now, journal.NextTransaction(), stage, agent, null, prepared.Entries,
            MissingFolders.Of(parts.Paths, prepared.Entries.Where(entry => entry.Before is null).Select(entry => entry.Path)));
        try
        {
            new TransactionWriter(parts, Id, journal).Write(begin, emptied: []);
        }
        catch (SnapshotException failure) when (failure.NeedsRecovery)
        {
            ended = true;
            throw;
        }

        return [.. prepared.Entries.Select(entry => entry.Path)];
    }

    /// <summary>Records that the run has ended by itself.</summary>
    /// <exception cref="SnapshotException">The journal cannot be written.</exception>
    public void Complete()
    {
        if (!ended)
            journal?.Append(new CompleteRecord(parts.Now));
        ended = true;
    }

    // Built aside and renamed, so that a run folder is never without its manifest.
    private Journal Create()
    {
        var folder = parts.Layout.RunFolder(Id);
        try
        {
            var number = RunHistory.ReadRecorded(parts.Layout).Select(run => run.Manifest.Number).DefaultIfEmpty().Max() + 1;
            var manifest = new RunManifest(RunHistory.Format, Id, number, started, info);
            var aside = parts.Layout.NewTemporary();
            parts.Disk.CreateFolder(aside);
            parts.Disk.Write(Path.Combine(aside, StoreLayout.ManifestName), JsonSerializer.SerializeToUtf8Bytes(manifest, StoreJson.Options), null, null);
            parts.Disk.Write(Path.Combine(aside, StoreLayout.JournalName), [], null, null);
            parts.Disk.FlushFolder(aside);
            parts.Disk.MoveFolder(aside, folder);
            parts.Disk.FlushFolder(parts.Layout.Runs);
        }
        catch (Exception failure) when (DiskFailure.Is(failure))
        {
            throw DiskFailure.Of(parts.Layout.Shown(folder), failure);
        }

        return parts.JournalOf(Id);
    }
}
