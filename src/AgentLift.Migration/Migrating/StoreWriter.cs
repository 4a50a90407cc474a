using System.Collections.Immutable;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Migrating;

/// <summary>Writes through a run of the store.</summary>
internal sealed class StoreWriter(SnapshotStore store, RunInfo info) : IMigrationWriter
{
    private readonly MigrationRun run = store.Begin(info);
    private bool written;

    public string? Run => written ? run.Id : null;

    public ImmutableArray<string> Write(string stage, string agent, ImmutableArray<FileChange> changes)
    {
        var files = run.Apply(stage, agent, changes);
        written |= !files.IsEmpty;
        return files;
    }

    // A build that ran meanwhile must see that the files are other ones again.
    public void TakeBack(string stage, string agent) =>
        store.Rollback(new RollbackSelection { Run = run.Id, Stage = stage, Agent = agent, NewTimeStamps = true });

    public void Complete() => run.Complete();
}
