using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Snapshots;

public sealed class RollbackTests : IDisposable
{
    private readonly SnapshotTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void Everything_comes_back_byte_for_byte_with_mode_and_time()
    {
        tree.Write("src/Bom.cs", [0xEF, 0xBB, 0xBF, .. "class A\r\n{\r\n}"u8]);
        tree.Write("src/Latin.cs", [.. "// "u8, 0xE4, 0x0A]);
        tree.Write("src/Wide.cs", [0xFF, 0xFE, 0x0A, 0x00, 0x0D, 0x0A]);
        tree.Write("src/tool.csx", SnapshotTree.Bytes("run"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        tree.Write("with space/Ünï.cs", "");
        tree.Write("old/deep/Gone.cs", SnapshotTree.Bytes("gone"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var before = tree.State();
        using var store = tree.Open();
        SnapshotTree.Apply(
            store,
            [
                .. new[] { "src/Bom.cs", "src/Latin.cs", "src/Wide.cs", "src/tool.csx", "with space/Ünï.cs" }.Select(file => tree.Edit(file, "changed")),
                tree.Delete("old/deep/Gone.cs"),
                SnapshotTree.Create("new/deep/New.cs", "new"),
            ]);
        Directory.Delete(tree.At("old"), recursive: true);

        var report = store.Rollback(new RollbackSelection());

        tree.State().ShouldBe(before);
        report.Files.Single(file => file.Path == "new/deep/New.cs").Action.ShouldBe(RollbackAction.Deleted);
        report.Files.Single(file => file.Path == "old/deep/Gone.cs").Action.ShouldBe(RollbackAction.Recreated);
        report.Files.Count(file => file.Action == RollbackAction.Restored).ShouldBe(5);
        store.Runs.Single().State.ShouldBe(RunState.RolledBack);
    }

    [Fact]
    public void A_folder_that_the_run_created_stays_where_someone_put_a_file_into_it()
    {
        using var store = tree.Open();
        SnapshotTree.Apply(store, SnapshotTree.Create("new/deep/A.cs", "a"));
        tree.Write("new/Own.cs", "own");

        store.Rollback(new RollbackSelection());

        tree.State(times: false).Select(line => line.Split(' ')[0]).ShouldBe(["new", "new/Own.cs"]);
    }

    [Fact]
    public void A_folder_goes_with_the_last_of_its_files_whichever_transaction_created_it()
    {
        using var store = tree.Open();
        var run = store.Begin(SnapshotTree.Info);
        run.Apply("Infrastructure", "A", [SnapshotTree.Create("new/A.cs", "a")]);
        run.Apply("Infrastructure", "B", [SnapshotTree.Create("new/B.cs", "b")]);

        store.Rollback(new RollbackSelection { Agent = "A" });
        store.Rollback(new RollbackSelection { Agent = "B" });

        tree.State().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Infrastructure", null, "a1 b1 c2")]
    [InlineData(null, "B", "a2 b1 c1")]
    [InlineData("CoreLogic", "B", "a2 b2 c1")]
    [InlineData(null, null, "a1 b1 c1")]
    [InlineData("Integration", null, "a2 b2 c2")]
    public void A_stage_an_agent_or_both_can_be_taken_back(string? stage, string? agent, string expected)
    {
        foreach (var name in "abc")
            tree.Write($"{name}.cs", $"{name}1");
        using var store = tree.Open();
        var run = store.Begin(SnapshotTree.Info);
        run.Apply("Infrastructure", "A", [tree.Edit("a.cs", "a2")]);
        run.Apply("Infrastructure", "B", [tree.Edit("b.cs", "b2")]);
        run.Apply("CoreLogic", "B", [tree.Edit("c.cs", "c2")]);

        store.Rollback(new RollbackSelection { Run = run.Id, Stage = stage, Agent = agent });

        string.Join(' ', "abc".Select(name => tree.Read($"{name}.cs"))).ShouldBe(expected);
    }

    [Fact]
    public void A_file_that_several_stages_changed_goes_back_to_what_it_was_before_the_first()
    {
        tree.Write("A.cs", "0");
        var before = tree.State();
        using var store = tree.Open();
        var run = store.Begin(SnapshotTree.Info);
        foreach (var (stage, content) in new[] { ("Infrastructure", "1"), ("CoreLogic", "2"), ("Integration", "3") })
            run.Apply(stage, "A", [tree.Edit("A.cs", content)]);

        store.Rollback(new RollbackSelection { Stage = "Integration" });
        tree.Read("A.cs").ShouldBe("2");
        var report = store.Rollback(new RollbackSelection());

        tree.State().ShouldBe(before);
        report.Transactions.Select(transaction => transaction.Stage).ShouldBe(["CoreLogic", "Infrastructure"]);
    }

    [Fact]
    public void A_run_that_is_taken_back_in_part_goes_on()
    {
        tree.Write("A.cs", "0");
        tree.Write("B.cs", "0");
        var before = tree.State();
        using var store = tree.Open();
        var run = store.Begin(SnapshotTree.Info);
        run.Apply("Infrastructure", "A", [tree.Edit("A.cs", "1")]);
        store.Rollback(new RollbackSelection { Run = run.Id, Agent = "A" });

        run.Apply("Infrastructure", "B", [tree.Edit("B.cs", "1")]);
        run.Complete();

        store.Runs.Single().State.ShouldBe(RunState.PartlyRolledBack);
        store.Runs.Single().Transactions.Select(transaction => transaction.State).ShouldBe([TransactionState.RolledBack, TransactionState.Applied]);
        store.Rollback(new RollbackSelection());
        tree.State().ShouldBe(before);
    }

    [Fact]
    public void Without_a_run_the_last_that_still_stands_is_taken_back_and_nothing_twice()
    {
        tree.Write("A.cs", "0");
        using var store = tree.Open();
        var first = SnapshotTree.Apply(store, tree.Edit("A.cs", "1"));
        var second = SnapshotTree.Apply(store, tree.Edit("A.cs", "2"));

        store.Rollback(new RollbackSelection()).Run.ShouldBe(second);
        store.Rollback(new RollbackSelection { Run = second }).Run.ShouldBeNull();
        tree.Read("A.cs").ShouldBe("1");
        store.Rollback(new RollbackSelection()).Run.ShouldBe(first);
        tree.Read("A.cs").ShouldBe("0");
        store.Rollback(new RollbackSelection()).Files.ShouldBeEmpty();
    }

    [Fact]
    public void A_dry_run_tells_the_same_and_writes_nothing()
    {
        tree.Write("A.cs", "0");
        using var store = tree.Open();
        SnapshotTree.Apply(store, tree.Edit("A.cs", "1"), SnapshotTree.Create("B.cs", "b"));
        var after = tree.State();

        var dry = store.Rollback(new RollbackSelection(), dryRun: true);

        tree.State().ShouldBe(after);
        dry.DryRun.ShouldBeTrue();
        store.Rollback(new RollbackSelection()).Files.ShouldBe(dry.Files);
    }

    [Fact]
    public void A_file_that_someone_has_put_back_already_is_not_touched()
    {
        tree.Write("A.cs", "0");
        tree.Write("B.cs", "0");
        using var store = tree.Open();
        SnapshotTree.Apply(store, tree.Edit("A.cs", "1"), tree.Edit("B.cs", "1"), SnapshotTree.Create("C.cs", "c"));
        File.WriteAllText(tree.At("A.cs"), "0");
        File.Delete(tree.At("C.cs"));

        var report = store.Rollback(new RollbackSelection());

        report.Files.Select(file => file.Action).ShouldBe([RollbackAction.AsBefore, RollbackAction.Restored, RollbackAction.AsBefore]);
    }

    [Fact]
    public void Where_it_is_asked_for_restored_files_are_newer_than_what_was_built_from_them()
    {
        tree.Write("A.cs", "0");
        using var store = tree.Open();
        SnapshotTree.Apply(store, tree.Edit("A.cs", "1"));
        var built = File.GetLastWriteTimeUtc(tree.At("A.cs"));

        store.Rollback(new RollbackSelection { NewTimeStamps = true });

        tree.Read("A.cs").ShouldBe("0");
        File.GetLastWriteTimeUtc(tree.At("A.cs")).ShouldBeGreaterThanOrEqualTo(built);
    }

    [Fact]
    public void A_stored_copy_is_written_once()
    {
        tree.Write("A.cs", "0");
        using var store = tree.Open();
        SnapshotTree.Apply(store, tree.Edit("A.cs", "1"));
        var objects = Directory.GetFiles(tree.At(".agentlift/objects"), "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        store.Rollback(new RollbackSelection());

        SnapshotTree.Apply(store, tree.Edit("A.cs", "1"));

        objects.Count.ShouldBe(2);
        Directory.GetFiles(tree.At(".agentlift/objects"), "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc).ShouldBe(objects, ignoreOrder: true);
    }

    [Fact]
    public void A_run_that_is_not_known_is_told()
    {
        using var store = tree.Open();

        Should.Throw<SnapshotException>(() => store.Rollback(new RollbackSelection { Run = "20260101-000000-0000" })).Message.ShouldContain("there is no run");
    }
}
