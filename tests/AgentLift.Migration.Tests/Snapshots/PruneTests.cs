using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Snapshots;

public sealed class PruneTests : IDisposable
{
    private readonly SnapshotTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void The_oldest_runs_go_and_the_bytes_that_only_they_refer_to()
    {
        using var store = tree.Open();
        tree.Write("A.cs", "0");
        var runs = Enumerable.Range(1, 12).Select(i => SnapshotTree.Apply(store, tree.Edit("A.cs", $"{i}"))).ToList();

        var report = store.Prune();

        report.Runs.ShouldBe(runs.Take(2));
        // "0" and "1"; the third run starts from "2".
        report.Objects.ShouldBe(2);
        store.Runs.Length.ShouldBe(SnapshotStore.DefaultGenerations);
        while (store.Rollback(new RollbackSelection()).Run is not null)
        {
        }

        tree.Read("A.cs").ShouldBe("2");
        store.Prune().Runs.ShouldBeEmpty();
    }

    [Fact]
    public void A_run_that_can_be_rolled_back_outlives_attempts_that_were()
    {
        using var store = tree.Open();
        var standing = SnapshotTree.Apply(store, SnapshotTree.Create("A.cs", "a"));
        var attempts = Enumerable.Range(0, 4).Select(_ =>
        {
            var attempt = SnapshotTree.Apply(store, SnapshotTree.Create("B.cs", "b"));
            store.Rollback(new RollbackSelection { Run = attempt });
            return attempt;
        }).ToList();

        store.Prune(keep: 2).Runs.ShouldBe(attempts.Take(2));

        store.Rollback(new RollbackSelection()).Run.ShouldBe(standing);
        tree.State().ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_goes_that_is_within_the_generations()
    {
        using var store = tree.Open();
        SnapshotTree.Apply(store, SnapshotTree.Create("A.cs", "a"));

        store.Prune(keep: 1).ShouldBe(new PruneReport([], 0), new SameReport());
        Should.Throw<ArgumentOutOfRangeException>(() => store.Prune(keep: 0));
    }

    private sealed class SameReport : IEqualityComparer<PruneReport>
    {
        public bool Equals(PruneReport? one, PruneReport? other) => one!.Runs.SequenceEqual(other!.Runs) && one.Objects == other.Objects;

        public int GetHashCode(PruneReport report) => report.Objects;
    }
}
