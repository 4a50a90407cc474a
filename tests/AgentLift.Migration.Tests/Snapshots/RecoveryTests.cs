using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Snapshots;

public sealed class RecoveryTests : IDisposable
{
    private readonly SnapshotTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void A_file_that_someone_changed_after_the_crash_stays_and_is_reported_with_its_original()
    {
        CutShort();
        tree.Write("A.cs", "own");
        using var store = tree.Open();

        var report = store.Recover();

        var conflict = report.Conflicts.Single();
        conflict.File.ShouldBe("A.cs");
        tree.Read(conflict.BeforeObject!).ShouldBe("0");
        conflict.NextStep.ShouldContain(conflict.BeforeObject!);
        tree.Read("A.cs").ShouldBe("own");
        tree.Read("B.cs").ShouldBe("0");
        store.Recover().Undone.ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_a_conflict()
    {
        CutShort();
        File.Delete(tree.At("A.cs"));
        Directory.CreateDirectory(tree.At("A.cs"));
        using var store = tree.Open();

        store.Recover().Conflicts.Single().File.ShouldBe("A.cs");
    }

    [Fact]
    public void Until_it_has_recovered_a_store_begins_nothing_and_rolls_nothing_back()
    {
        CutShort();
        using var store = tree.Open();

        store.Runs.Single().State.ShouldBe(RunState.NeedsRecovery);
        Should.Throw<SnapshotException>(() => store.Begin(SnapshotTree.Info)).NeedsRecovery.ShouldBeTrue();
        Should.Throw<SnapshotException>(() => store.Rollback(new RollbackSelection())).NeedsRecovery.ShouldBeTrue();
        Should.Throw<SnapshotException>(() => store.Prune()).NeedsRecovery.ShouldBeTrue();

        var undone = store.Recover().Undone.Single();
        (undone.Stage, undone.Agent, undone.IsRollback).ShouldBe(("Infrastructure", "Poller", false));
        undone.Restored.ShouldBe(["A.cs"]);
        store.Runs.Single().State.ShouldBe(RunState.Recovered);
        tree.Read("A.cs").ShouldBe("0");
    }

    [Fact]
    public void After_a_rollback_that_was_cut_short_the_run_stands_and_can_be_taken_back()
    {
        tree.Write("A.cs", "0");
        tree.Write("B.cs", "0");
        using (var store = tree.Open())
            SnapshotTree.Apply(store, tree.Edit("A.cs", "1"), tree.Edit("B.cs", "1"));
        using (var store = tree.Open(StoppingAtRenameOf("B.cs")))
            Should.Throw<Exception>(() => store.Rollback(new RollbackSelection()));
        tree.Read("A.cs").ShouldBe("0");

        using var again = tree.Open();
        again.Recover().Undone.Single().IsRollback.ShouldBeTrue();

        tree.Read("A.cs").ShouldBe("1");
        again.Runs.Single().State.ShouldBe(RunState.Applied);
        again.Rollback(new RollbackSelection()).Files.Length.ShouldBe(2);
        tree.Read("B.cs").ShouldBe("0");
    }

    [Fact]
    public void A_torn_last_line_of_the_journal_is_ignored_and_cut_off()
    {
        tree.Write("A.cs", "0");
        using var store = tree.Open();
        var id = SnapshotTree.Apply(store, tree.Edit("A.cs", "1"));
        var journal = tree.At($".agentlift/runs/{id}/journal.jsonl");
        store.Dispose();
        File.AppendAllText(journal, "{\"sum\":\"0123\",\"record\":{\"kind\":\"beg");

        using var again = tree.Open();
        again.Recover().Undone.ShouldBeEmpty();
        again.Rollback(new RollbackSelection());

        tree.Read("A.cs").ShouldBe("0");
        File.ReadAllLines(journal).ShouldAllBe(line => line.EndsWith("}}"));
        again.Runs.Single().State.ShouldBe(RunState.RolledBack);
    }

    [Theory]
    [InlineData("commit", "cammit")]
    [InlineData("Infrastructure", "Infrastructura")]
    public void A_damaged_line_in_the_middle_of_the_journal_is_told(string from, string to)
    {
        using var store = tree.Open();
        var id = SnapshotTree.Apply(store, SnapshotTree.Create("A.cs", "a"));
        var journal = tree.At($".agentlift/runs/{id}/journal.jsonl");
        File.WriteAllText(journal, File.ReadAllText(journal).Replace(from, to));

        Should.Throw<SnapshotException>(() => store.Recover()).Problems.Single().File.ShouldBe($".agentlift/runs/{id}/journal.jsonl");
    }

    private void CutShort()
    {
        tree.Write("A.cs", "0");
        tree.Write("B.cs", "0");
        using var store = tree.Open(StoppingAtRenameOf("B.cs"));
        Should.Throw<Exception>(() => SnapshotTree.Apply(store, tree.Edit("A.cs", "1"), tree.Edit("B.cs", "1")));
    }

    // Every write fails from then on, as after a kill.
    private FailingDisk StoppingAtRenameOf(string file)
    {
        var disk = new FailingDisk();
        disk.BeforeMove = to =>
        {
            if (to != tree.At(file))
                return;

            disk.BeforeWrite = _ => throw new IOException("killed");
            throw new IOException("killed");
        };
        return disk;
    }
}
