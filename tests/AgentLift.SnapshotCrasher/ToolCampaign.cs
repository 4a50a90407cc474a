using System.Diagnostics;
using AgentLift.Migration.Snapshots;

namespace AgentLift.SnapshotCrasher;

/// <summary>What came of killing the real tool.</summary>
/// <param name="Before">Kills before the first write.</param>
/// <param name="During">Kills in the middle of a transaction.</param>
/// <param name="Between">Kills between two transactions, or after the last one.</param>
/// <param name="Ended">Runs that had ended by themselves.</param>
/// <param name="Problems">Whatever was not exactly one of the legal states.</param>
public sealed record ToolKillReport(int Before, int During, int Between, int Ended, IReadOnlyCollection<string> Problems)
{
    /// <summary>All runs.</summary>
    public int Kills => Before + During + Between + Ended;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kills} kills: {Before} before the first write, {During} in a transaction, {Between} between transactions, {Ended} after the end; {Problems.Count} problems";
}

/// <summary>Kills <c>agentlift migrate</c> or <c>agentlift rollback</c> at random instants, runs <c>agentlift recover</c>, and compares the whole tree.</summary>
public static class ToolCampaign
{
    // Loading takes nearly all of a run and writes nothing: most kills aim at the rest.
    private const double ShareAimed = 0.8;
    private static readonly string[] Agents = ["AlphaAgent", "BetaAgent", "GammaAgent", "DeltaAgent"];

    /// <summary>Kills that many migrations, one after the other.</summary>
    /// <param name="tool">Full path of <c>agentlift.dll</c>.</param>
    /// <param name="kills">How many kills.</param>
    /// <param name="seed">Gives the instants, as far as a machine repeats itself.</param>
    public static async Task<ToolKillReport> MigrateAsync(string tool, int kills, int seed)
    {
        var random = new Random(seed);
        using var tree = await MigrationTree.LayAsync(tool).ConfigureAwait(false);
        var tally = new Tally();
        for (var i = 0; i < kills; i++)
        {
            tally.Add(await KillAsync(tree, tree.StartMigration, tree.Migration, random).ConfigureAwait(false));
            await tree.RecoverAsync(tally.Problems).ConfigureAwait(false);
            tally.Compare(tree, Standing(tree.Root), $"migration {i}");
            RollBackAll(tree);
            tally.Compare(tree, [], $"rollback after migration {i}");
        }

        return tally.ToReport();
    }

    /// <summary>
    /// Stops whole migrations in the middle of each transaction, and recovers a copy of what then lies on disk: as many instants as kills, for far fewer runs. Needs Linux.
    /// </summary>
    /// <param name="tool">Full path of <c>agentlift.dll</c>.</param>
    /// <param name="instants">How many instants.</param>
    /// <param name="seed">Gives the instants, as far as a machine repeats itself.</param>
    public static async Task<ToolKillReport> FreezeAsync(string tool, int instants, int seed)
    {
        var random = new Random(seed);
        using var tree = await MigrationTree.LayAsync(tool).ConfigureAwait(false);
        var tally = new Tally();
        for (var i = 0; i < instants;)
        {
            using (var victim = tree.StartMigration())
            {
                _ = victim.StandardOutput.ReadToEndAsync();
                _ = victim.StandardError.ReadToEndAsync();
                try
                {
                    i = await FreezeAsync(tree, victim, tally, random, i, instants).ConfigureAwait(false);
                }
                finally
                {
                    victim.Kill(entireProcessTree: true);
                    await victim.WaitForExitAsync().ConfigureAwait(false);
                }
            }

            await tree.RecoverAsync(tally.Problems).ConfigureAwait(false);
            tally.Compare(tree, Standing(tree.Root), $"the run of instant {i}");
            RollBackAll(tree);
        }

        return tally.ToReport();
    }

    private static async Task<int> FreezeAsync(MigrationTree tree, Process victim, Tally tally, Random random, int done, int instants)
    {
        var journal = JournalWatch.LengthOf(tree.Root);
        for (JournalWatch.Wait(tree.Root, victim, 1, rests: true); done < instants && !victim.HasExited; JournalWatch.Wait(tree.Root, victim, 1 + random.Next(2), rests: false))
        {
            Spin(tree.Migration.Writing / tree.Migration.Records * random.NextDouble());
            string kept;
            using (var still = Frozen.Of(victim))
            {
                if (still is null)
                    break;
                kept = tree.Keep();
            }

            tally.Add(InstantOf(kept, journal));
            await tree.RecoverAsync(tally.Problems, kept).ConfigureAwait(false);
            tally.Compare(tree, Standing(kept), $"instant {done++}", kept);
            Directory.Delete(kept, recursive: true);
        }

        return done;
    }

    /// <summary>Kills that many rollbacks, one after the other: of a run, of its last stage, or of an agent.</summary>
    /// <param name="tool">Full path of <c>agentlift.dll</c>.</param>
    /// <param name="kills">How many kills.</param>
    /// <param name="seed">Gives the instants, as far as a machine repeats itself.</param>
    public static async Task<ToolKillReport> RollBackAsync(string tool, int kills, int seed)
    {
        var random = new Random(seed);
        using var tree = await MigrationTree.LayAsync(tool).ConfigureAwait(false);
        tree.Migrate();
        WriteTimes times;
        using (var whole = tree.Start("rollback"))
            times = await JournalWatch.TimesOfAsync(tree.Root, whole).ConfigureAwait(false);

        var tally = new Tally();
        for (var i = 0; i < kills; i++)
        {
            tree.Migrate();
            var all = Standing(tree.Root);
            var agent = Agents[i % Agents.Length];
            (string[] Options, Func<TransactionSummary, bool> Takes) part = random.Next(3) switch
            {
                0 => ([], _ => true),
                1 => (["--stage", "integration"], step => step.Stage == "integration"),
                _ => (["--agent", agent], step => step.Agent == agent),
            };
            tally.Add(await KillAsync(tree, () => tree.Start(["rollback", .. part.Options]), times, random).ConfigureAwait(false));
            await tree.RecoverAsync(tally.Problems).ConfigureAwait(false);

            var standing = Standing(tree.Root);
            if (standing.Count != all.Count && standing.Count != all.Count(step => !part.Takes(step)))
                tally.Problems.Add($"rollback {i}: {standing.Count} of {all.Count} transactions stand");
            tally.Compare(tree, standing, $"rollback {i}");
        }

        return tally.ToReport();
    }

    private static async Task<Instant> KillAsync(MigrationTree tree, Func<Process> start, WriteTimes times, Random random)
    {
        var journal = JournalWatch.LengthOf(tree.Root);
        using var victim = start();
        if (random.NextDouble() < ShareAimed)
        {
            // Each transaction has a record at its begin and one at its end.
            JournalWatch.Wait(tree.Root, victim, 1 + (2 * random.Next(times.Records / 2)), rests: times.Records > 2);
            Spin(times.Writing / Math.Max(1, times.Records - 1) * random.NextDouble());
        }
        else
        {
            await Task.Delay(times.Whole * random.NextDouble()).ConfigureAwait(false);
        }

        var ended = victim.HasExited;
        victim.Kill(entireProcessTree: true);
        await victim.WaitForExitAsync().ConfigureAwait(false);
        return ended ? Instant.Ended : InstantOf(tree.Root, journal);
    }

    private static Instant InstantOf(string root, long journalBefore) =>
        JournalWatch.LengthOf(root) == journalBefore ? Instant.Before
        : RunHistory.Read(root).Any(run => run.State == RunState.NeedsRecovery) ? Instant.During
        : Instant.Between;

    // A timer is too coarse: a transaction takes milliseconds.
    private static void Spin(TimeSpan delay)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < delay;)
            Thread.SpinWait(1);
    }

    private static List<TransactionSummary> Standing(string root) =>
        [.. RunHistory.Read(root).SelectMany(run => run.Transactions).Where(step => step.State == TransactionState.Applied)];

    private static void RollBackAll(MigrationTree tree)
    {
        using var store = SnapshotStore.Open(tree.Root);
        while (store.Rollback(new RollbackSelection { NewTimeStamps = true }).Run is not null)
        {
        }

        store.Prune(keep: 1);
    }

    private enum Instant
    {
        Before,
        During,
        Between,
        Ended,
    }

    private sealed class Tally
    {
        private readonly int[] instants = new int[Enum.GetValues<Instant>().Length];

        public List<string> Problems { get; } = [];

        public void Add(Instant instant) => instants[(int)instant]++;

        public void Compare(MigrationTree tree, List<TransactionSummary> standing, string after, string? root = null) =>
            Problems.AddRange(tree.Differences(standing, root).Select(difference => $"after {after}, {standing.Count} steps standing: {difference}"));

        public ToolKillReport ToReport() =>
            new(instants[(int)Instant.Before], instants[(int)Instant.During], instants[(int)Instant.Between], instants[(int)Instant.Ended], Problems);
    }
}
