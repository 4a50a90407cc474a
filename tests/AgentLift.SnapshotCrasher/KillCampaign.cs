using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AgentLift.Migration.Snapshots;

namespace AgentLift.SnapshotCrasher;

/// <summary>What came of killing the victim many times.</summary>
/// <param name="InApply">Kills in the middle of a transaction.</param>
/// <param name="InRollback">Kills in the middle of a rollback.</param>
/// <param name="Between">Kills at other instants: while objects were stored, while runs were pruned, between two transactions.</param>
/// <param name="Problems">Whatever was not exactly one of the legal states.</param>
public sealed record KillReport(int InApply, int InRollback, int Between, IReadOnlyCollection<string> Problems);

/// <summary>Kills the victim at random instants, recovers, and compares the whole tree.</summary>
public static class KillCampaign
{
    private const int Workers = 2;
    private const int LongestWait = 60;

    /// <summary>Starts the program with some arguments, whether it is run by its own name or by <c>dotnet</c>.</summary>
    public static Process Start(params string[] arguments)
    {
        var host = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [typeof(KillCampaign).Assembly.Location] : [];
        return Process.Start(new ProcessStartInfo(host, [.. program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
    }

    /// <summary>Kills that many times, two victims at a time, each in a folder of its own.</summary>
    /// <param name="kills">How many kills.</param>
    /// <param name="seed">Gives the instants, as far as a machine repeats itself.</param>
    public static async Task<KillReport> RunAsync(int kills, int seed)
    {
        var tally = new ConcurrentBag<string>();
        var problems = new ConcurrentQueue<string>();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
        {
            var random = new Random(seed + worker);
            var folder = Directory.CreateTempSubdirectory("agentlift-kill-");
            try
            {
                CrashTree.Lay(folder.FullName);
                for (var i = worker; i < kills; i += Workers)
                    tally.Add(await KillOnceAsync(folder.FullName, random, problems).ConfigureAwait(false));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        })).ConfigureAwait(false);

        int Count(string what) => tally.Count(entry => entry == what);
        return new KillReport(Count("apply"), Count("rollback"), Count("between"), problems);
    }

    private static async Task<string> KillOnceAsync(string root, Random random, ConcurrentQueue<string> problems)
    {
        using (var victim = Start("work", root, random.Next().ToString(CultureInfo.InvariantCulture)))
        {
            var said = await victim.StandardOutput.ReadLineAsync().ConfigureAwait(false);
            if (said != "ready")
                problems.Enqueue($"the victim said '{said}'");
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * LongestWait)).ConfigureAwait(false);
            victim.Kill();
            await victim.WaitForExitAsync().ConfigureAwait(false);
        }

        var cutShort = RunHistory.Read(root).LastOrDefault(run => run.State == RunState.NeedsRecovery);
        var instant = cutShort is null ? "between"
            : cutShort.Transactions.Any(transaction => transaction.State == TransactionState.Unfinished) ? "apply"
            : "rollback";
        foreach (var difference in AfterRecovery(root))
            problems.Enqueue($"killed in {instant}: {difference}");
        return instant;
    }

    private static IEnumerable<string> AfterRecovery(string root)
    {
        using var store = SnapshotStore.Open(root);
        foreach (var conflict in store.Recover().Conflicts)
            yield return $"conflict {conflict}";

        var applied = store.Runs
            .SelectMany(run => run.Transactions)
            .Where(transaction => transaction.State == TransactionState.Applied)
            .Select(transaction => transaction.Number - 1)
            .ToHashSet();
        foreach (var difference in CrashTree.Differences(root, applied))
            yield return $"after recovery {difference}";

        while (store.Rollback(new RollbackSelection()).Run is not null)
        {
        }

        foreach (var difference in CrashTree.Differences(root, new HashSet<int>()))
            yield return $"after rollback {difference}";
    }
}
