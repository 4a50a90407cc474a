using AgentLift.Migration.Snapshots;

namespace AgentLift.SnapshotCrasher;

/// <summary>What came of killing real migrations.</summary>
/// <param name="Steps">For each kill, how many transactions stood after recovery.</param>
/// <param name="CutShort">Kills in the middle of a transaction.</param>
/// <param name="Problems">Whatever was not exactly as before or after whole steps.</param>
public sealed record MigrationKillReport(IReadOnlyList<int> Steps, int CutShort, IReadOnlyList<string> Problems);

/// <summary>Kills <c>agentlift migrate</c> at random instants while it writes, recovers, and compares the whole tree with the legal states.</summary>
public static class MigrationCampaign
{
    /// <summary>Kills that many migrations, one after the other.</summary>
    /// <param name="tool">Full path of <c>agentlift.dll</c>.</param>
    /// <param name="kills">How many kills.</param>
    /// <param name="seed">Gives the instants, as far as a machine repeats itself.</param>
    public static async Task<MigrationKillReport> RunAsync(string tool, int kills, int seed)
    {
        var random = new Random(seed);
        using var tree = await MigrationTree.LayAsync(tool).ConfigureAwait(false);
        var (steps, cutShort, problems) = (new List<int>(), 0, new List<string>());
        RollBackAll(tree, problems);
        for (var i = 0; i < kills; i++)
        {
            await KillAsync(tree, random).ConfigureAwait(false);
            if (RunHistory.Read(tree.Root).Any(run => run.State == RunState.NeedsRecovery))
                cutShort++;
            steps.Add(Recover(tree, problems));
            RollBackAll(tree, problems);
        }

        return new MigrationKillReport(steps, cutShort, problems);
    }

    private static async Task KillAsync(MigrationTree tree, Random random)
    {
        using var victim = tree.Start("--yes", "--no-restore");
        while (await victim.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line && !line.StartsWith("Writing", StringComparison.Ordinal))
        {
        }

        await Task.Delay(tree.Writing * random.NextDouble()).ConfigureAwait(false);
        victim.Kill(entireProcessTree: true);
        await victim.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <returns>How many transactions stand.</returns>
    private static int Recover(MigrationTree tree, List<string> problems)
    {
        using var store = SnapshotStore.Open(tree.Root);
        problems.AddRange(store.Recover().Conflicts.Select(conflict => $"conflict {conflict}"));
        var standing = store.Runs.SelectMany(run => run.Transactions).Where(step => step.State == TransactionState.Applied).ToList();
        problems.AddRange(tree.Differences(standing.SelectMany(step => step.Files).ToHashSet()).Select(difference => $"after recovery, {standing.Count} steps standing: {difference}"));
        return standing.Count;
    }

    private static void RollBackAll(MigrationTree tree, List<string> problems)
    {
        using var store = SnapshotStore.Open(tree.Root);
        while (store.Rollback(new RollbackSelection { NewTimeStamps = true }).Run is not null)
        {
        }

        problems.AddRange(tree.Differences(new HashSet<string>()).Select(difference => $"after rollback: {difference}"));
    }
}
