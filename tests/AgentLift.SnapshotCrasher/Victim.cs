using System.Diagnostics;
using AgentLift.Migration.Snapshots;

namespace AgentLift.SnapshotCrasher;

/// <summary>The process that is killed.</summary>
internal static class Victim
{
    // So that none outlives a parent that was itself killed.
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(60);

    /// <summary>Applies and rolls back until it is killed. Says "ready" once everything has been compiled and done once.</summary>
    public static void Work(string root, int seed)
    {
        var life = Stopwatch.StartNew();
        var random = new Random(seed);
        using var store = SnapshotStore.Open(root);
        store.Recover();
        Cycle(store, random, beforeRollback: () => { });

        // A rollback is short: half of the victims start to be hunted just before one.
        var late = random.Next(2) == 0;
        if (!late)
            Console.WriteLine("ready");
        Cycle(store, random, beforeRollback: () =>
        {
            if (late)
                Console.WriteLine("ready");
        });
        while (life.Elapsed < LongestLife)
            Cycle(store, random, beforeRollback: () => { });
    }

    /// <summary>Holds the lock until its input ends.</summary>
    public static void Hold(string root)
    {
        using var store = SnapshotStore.Open(root);
        Console.WriteLine("ready");
        Console.In.ReadToEnd();
    }

    private static void Cycle(SnapshotStore store, Random random, Action beforeRollback)
    {
        var run = store.Begin(new RunInfo("crasher 1.0.0", ".", "crasher work"));
        for (var i = 0; i < CrashTree.Transactions.Length; i++)
            run.Apply(CrashTree.Transactions[i].Stage, CrashTree.Transactions[i].Agent, CrashTree.Changes(i));
        run.Complete();

        beforeRollback();

        // In one piece, or by stage or by agent and then the rest.
        var part = random.Next(3) switch
        {
            0 => new RollbackSelection { Run = run.Id },
            1 => new RollbackSelection { Run = run.Id, Stage = "Infrastructure" },
            _ => new RollbackSelection { Run = run.Id, Agent = "A" },
        };
        store.Rollback(part);
        store.Rollback(new RollbackSelection { Run = run.Id });
        store.Prune(keep: 2);
    }
}
