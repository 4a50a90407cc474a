using System.Collections.Immutable;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Migrating;

/// <summary>Writes through a run of the store.</summary>
internal sealed class StoreWriter(SnapshotStore store, RunInfo info) : IMigrationWriter
{
    private readonly MigrationRun run = store.Begin(info);
    private readonly HashSet<(string Stage, string Agent)> standing = [];

    public string? Run => standing.Count > 0 ? run.Id : null;

    public ImmutableArray<string> Write(string stage, string agent, ImmutableArray<FileChange> changes)
    {
        var files = run.Apply(stage, agent, changes);
        if (!files.IsEmpty)
            standing.Add((stage, agent));
        return files;
    }

    public void TakeBack(string stage, string agent)
    {
        // A build that ran meanwhile must see that the files are other ones again.
        store.Rollback(new RollbackSelection { Run = run.Id, Stage = stage, Agent = agent, NewTimeStamps = true });
        standing.Remove((stage, agent));
    }

    public void Complete() => run.Complete();
}
