using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Snapshots;

/// <summary>The world stops at every single step; afterwards the tree is in a legal state, and the journal knows which.</summary>
public sealed class CrashTests
{
    private static readonly UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Theory]
    [InlineData(Cut.Before)]
    [InlineData(Cut.Within)]
    public void A_kill_at_any_step_of_applying_leaves_whole_transactions(Cut cut)
    {
        for (var stopAt = 1; ; stopAt++)
        {
            using var scenario = new Scenario();
            if (!scenario.Stop(stopAt, cut, Scenario.Apply))
            {
                stopAt.ShouldBeGreaterThan(30);
                return;
            }

            scenario.ShouldRecover($"apply, step {stopAt}");
        }
    }

    [Theory]
    [InlineData(Cut.Before)]
    [InlineData(Cut.Within)]
    public void A_kill_at_any_step_of_a_rollback_leaves_all_or_nothing_of_it(Cut cut)
    {
        for (var stopAt = 1; ; stopAt++)
        {
            using var scenario = new Scenario();
            scenario.Applied();
            if (!scenario.Stop(stopAt, cut, store => store.Rollback(new RollbackSelection())))
            {
                stopAt.ShouldBeGreaterThan(12);
                return;
            }

            scenario.ShouldRecover($"rollback, step {stopAt}");
        }
    }

    [Theory]
    [InlineData(Cut.Before, false)]
    [InlineData(Cut.Within, false)]
    [InlineData(Cut.Before, true)]
    [InlineData(Cut.Within, true)]
    public void A_kill_at_any_step_of_recovery_is_recovered_too(Cut cut, bool ofRollback)
    {
        for (var first = 2; ; first += 2)
        {
            for (var second = 1; ; second++)
            {
                using var scenario = new Scenario();
                if (ofRollback)
                    scenario.Applied();
                if (!scenario.Stop(first, cut, ofRollback ? store => store.Rollback(new RollbackSelection()) : Scenario.Apply))
                    return;

                var stopped = scenario.Stop(second, cut, store => store.Recover());
                scenario.ShouldRecover($"step {first}, then step {second} of recovery");
                if (!stopped)
                    break;
            }
        }
    }

    [Theory]
    [InlineData(Cut.Before)]
    [InlineData(Cut.Within)]
    public void A_kill_at_any_step_of_pruning_leaves_the_tree_and_the_kept_runs(Cut cut)
    {
        for (var stopAt = 1; ; stopAt++)
        {
            using var scenario = new Scenario();
            scenario.Applied();
            using (var store = scenario.Tree.Open())
            {
                store.Rollback(new RollbackSelection());
                Scenario.Apply(store);
                store.Rollback(new RollbackSelection());
                Scenario.Apply(store);
            }

            var stopped = scenario.Stop(stopAt, cut, store => store.Prune(keep: 1));
            using (var store = scenario.Tree.Open())
            {
                store.Recover().Undone.ShouldBeEmpty();
                store.Prune(keep: 1);
                store.Runs.Length.ShouldBe(1);
            }

            scenario.ShouldRecover($"prune, step {stopAt}");
            if (!stopped)
                return;
        }
    }

    [Fact]
    public void A_kill_while_the_first_store_is_opened_does_not_spoil_the_next()
    {
        for (var stopAt = 1; stopAt < 4; stopAt++)
        {
            using var tree = new SnapshotTree();
            Should.Throw<FaultyDisk.KilledException>(() => tree.Open(new FaultyDisk(stopAt, Cut.Within)).Dispose());

            using var store = tree.Open();
            store.Recover();
            tree.Read(".agentlift/.gitignore").ShouldBe("*\n");
            tree.LeftOver().ShouldBeEmpty();
        }
    }

    /// <summary>Two transactions with an edit, a deletion, new files in new folders, and a file that both change.</summary>
    private sealed class Scenario : IDisposable
    {
        private readonly string[] before;

        public Scenario()
        {
            Tree.Write("src/A.cs", [0xEF, 0xBB, 0xBF, .. "a\r\n"u8], Executable);
            Tree.Write("src/B.cs", "b");
            Tree.Write("Shared.cs", "0");
            before = Tree.State();
            // The steps of creating the store are not what is tested.
            Tree.Open().Dispose();
        }

        public SnapshotTree Tree { get; } = new();

        public static void Apply(SnapshotStore store)
        {
            var run = store.Begin(SnapshotTree.Info);
            run.Apply("Infrastructure", "A",
            [
                FileChange.Edit("src/A.cs", ContentHash.Of([0xEF, 0xBB, 0xBF, .. "a\r\n"u8]), SnapshotTree.Bytes("a2")),
                FileChange.Delete("src/B.cs", ContentHash.Of("b"u8)),
                SnapshotTree.Create("new/deep/C.cs", "c"),
                FileChange.Edit("Shared.cs", ContentHash.Of("0"u8), SnapshotTree.Bytes("1")),
            ]);
            run.Apply("CoreLogic", "A",
            [
                FileChange.Edit("Shared.cs", ContentHash.Of("1"u8), SnapshotTree.Bytes("2")),
                SnapshotTree.Create("new/E.cs", "e"),
            ]);
            run.Complete();
        }

        public void Applied()
        {
            using var store = Tree.Open();
            Apply(store);
        }

        /// <summary>Does something until a step; whether that step was reached.</summary>
        public bool Stop(int stopAt, Cut cut, Action<SnapshotStore> work)
        {
            var disk = new FaultyDisk(stopAt, cut);
            using var store = Tree.Open(disk);
            try
            {
                work(store);
            }
            catch (Exception failure) when (failure is FaultyDisk.KilledException or SnapshotException)
            {
                disk.Stopped.ShouldBeTrue(failure.ToString());
            }

            return disk.Stopped;
        }

        public void ShouldRecover(string when)
        {
            using var store = Tree.Open();
            store.Recover().Conflicts.ShouldBeEmpty(when);
            store.Recover().Undone.ShouldBeEmpty(when);
            Tree.LeftOver().ShouldBeEmpty(when);

            var applied = store.Runs.SelectMany(run => run.Transactions).Count(transaction => transaction.State == TransactionState.Applied);
            Names().ShouldBe(applied switch
            {
                0 => ["Shared.cs=0", "src/A.cs=\uFEFFa\r\n", "src/B.cs=b"],
                1 => ["Shared.cs=1", "new/deep/C.cs=c", "src/A.cs=a2"],
                _ => ["Shared.cs=2", "new/E.cs=e", "new/deep/C.cs=c", "src/A.cs=a2"],
            }, when);
            if (applied == 0)
                Tree.State().ShouldBe(before, when);

            while (store.Rollback(new RollbackSelection()).Run is not null)
            {
            }

            Tree.State().ShouldBe(before, when);
        }

        public void Dispose() => Tree.Dispose();

        private string[] Names() =>
        [
            .. Directory.EnumerateFiles(Tree.Root, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Tree.Root, file).Replace('\\', '/'))
                .Where(file => !file.StartsWith(".agentlift/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(file => $"{file}={Tree.Read(file)}"),
        ];
    }
}
