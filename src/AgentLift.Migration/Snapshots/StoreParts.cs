namespace AgentLift.Migration.Snapshots;

/// <summary>What every operation of an open store works with.</summary>
internal sealed record StoreParts(IDisk Disk, StoreLayout Layout, RootedPaths Paths, ObjectStore Objects, TimeProvider Time)
{
    private readonly Dictionary<string, Journal> journals = new(StringComparer.Ordinal);

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>The one writer of a run's journal: a run at work may be rolled back in part, and goes on with the next number.</summary>
    public Journal JournalOf(string run) => journals.TryGetValue(run, out var journal) ? journal : journals[run] = new Journal(Disk, Layout, Layout.JournalOf(run));
}
