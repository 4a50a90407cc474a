using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>What a rollback will write.</summary>
/// <param name="Run">The run.</param>
/// <param name="Transactions">What is taken back, the last one first.</param>
/// <param name="Entries">The net change of each file, from what is there to what was there.</param>
/// <param name="Files">What happens to each file, sorted.</param>
/// <param name="Emptied">Folders that the run created above files that are deleted, parents first.</param>
internal sealed record RollbackPlan(
    RecordedRun Run,
    ImmutableArray<RecordedTransaction> Transactions,
    ImmutableArray<JournalEntry> Entries,
    ImmutableArray<RollbackFile> Files,
    ImmutableArray<string> Emptied);

/// <summary>Works out a rollback, and refuses it as a whole where it would lose something.</summary>
internal sealed class RollbackPlanner(StoreParts parts, ImmutableArray<RecordedRun> history, RollbackSelection selection)
{
    private readonly List<JournalEntry> entries = [];
    private readonly List<RollbackFile> files = [];
    private readonly List<SnapshotProblem> problems = [];

    /// <summary>The plan, or <see langword="null"/> where nothing selected stands any more.</summary>
    /// <exception cref="SnapshotException">The run is unknown, or files stand in the way; all of them are named.</exception>
    public RollbackPlan? Plan()
    {
        if (selection.Run is not null && history.All(run => run.Id != selection.Run))
            throw new SnapshotException(new SnapshotProblem(null, $"there is no run '{selection.Run}'", "choose one from the list of runs; old ones are pruned"));

        var run = history.LastOrDefault(run => (selection.Run is null || run.Id == selection.Run) && run.Applied.Any(selection.Includes));
        if (run is null)
            return null;

        var taken = run.Applied.Where(selection.Includes).ToImmutableArray();
        var left = selection.Leave.Select(parts.Paths.Resolve).ToHashSet(RootedPaths.Comparer);
        var later = new LaterChanges(history, run, taken);
        foreach (var file in taken.SelectMany(step => step.Begin.Entries.Select(entry => (Step: step, Entry: entry))).GroupBy(pair => pair.Entry.Path, RootedPaths.Comparer))
        {
            if (left.Contains(file.Key))
                files.Add(new RollbackFile(file.Key, RollbackAction.Left));
            else if (later.Of(file.Key, file.First().Step.Begin.Transaction) is { } problem)
                problems.Add(problem);
            else
                Add(file.Key, [.. file.Select(pair => pair.Entry)]);
        }

        return problems.Count == 0
            ? new RollbackPlan(run, [.. taken.Reverse()], [.. entries], [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)], Emptied(run))
            : throw new SnapshotException([.. problems]);
    }

    private void Add(string file, ImmutableArray<JournalEntry> steps)
    {
        try
        {
            var goal = steps[0].Before;
            var present = TreeFile.Read(parts.Paths, file)?.State;
            if (present?.Hash == goal?.Hash)
                files.Add(new RollbackFile(file, RollbackAction.AsBefore));
            else if (!parts.Paths.IsStillReal(file) || present?.Hash != steps[^1].After?.Hash || !IsChain(steps))
                problems.Add(MergeAdvice.For(parts.Layout, file, present is not null, steps));
            else if (present is not null && TreeFile.IsReadOnly(parts.Paths, file, present))
                problems.Add(TransactionProblems.ReadOnly(file));
            else
                Add(file, present, goal);
        }
        catch (SnapshotException refused)
        {
            problems.AddRange(refused.Problems);
        }
    }

    private void Add(string file, FileState? present, FileState? goal)
    {
        entries.Add(new JournalEntry(file, present, selection.NewTimeStamps && goal is not null ? goal with { LastWrite = null } : goal));
        files.Add(new RollbackFile(
            file,
            goal is null ? RollbackAction.Deleted : present is null ? RollbackAction.Recreated : RollbackAction.Restored));
    }

    private static bool IsChain(ImmutableArray<JournalEntry> steps) =>
        steps.Zip(steps.Skip(1), (one, next) => one.After?.Hash == next.Before?.Hash).All(same => same);

    private ImmutableArray<string> Emptied(RecordedRun run)
    {
        var above = entries.Where(entry => entry.After is null).SelectMany(entry => MissingFolders.Above(entry.Path)).ToHashSet(RootedPaths.Comparer);
        return
        [
            .. run.All.Where(transaction => !transaction.IsRollback)
                .SelectMany(transaction => transaction.Begin.Folders)
                .Distinct(RootedPaths.Comparer)
                .Where(above.Contains)
                .OrderBy(folder => folder, StringComparer.Ordinal),
        ];
    }
}
