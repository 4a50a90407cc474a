using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Snapshots;

public sealed class ApplyTests : IDisposable
{
    private readonly SnapshotTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void Files_are_edited_created_and_deleted()
    {
        tree.Write("src/A.cs", "a");
        tree.Write("src/B.cs", "b");
        using var store = tree.Open();

        var written = store.Begin(SnapshotTree.Info).Apply(
            "Infrastructure", "Poller", [tree.Edit("src/A.cs", "a2"), tree.Delete("src/B.cs"), SnapshotTree.Create("new folder/Neü.cs", "c")]);

        written.ShouldBe(["src/A.cs", "src/B.cs", "new folder/Neü.cs"]);
        tree.Read("src/A.cs").ShouldBe("a2");
        File.Exists(tree.At("src/B.cs")).ShouldBeFalse();
        tree.Read("new folder/Neü.cs").ShouldBe("c");
        Directory.GetFiles(tree.Root, "*agentlift-tmp", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void The_mode_of_an_edited_file_stays()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite;
        tree.Write("run.csx", SnapshotTree.Bytes("a"), Mode);
        using var store = tree.Open();

        SnapshotTree.Apply(store, tree.Edit("run.csx", "b"));

        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(tree.At("run.csx")).ShouldBe(Mode);
    }

    [Fact]
    public void A_file_whose_bytes_stay_is_not_written_and_a_run_that_writes_nothing_leaves_no_trace()
    {
        tree.Write("A.cs", "a");
        var before = tree.State();
        using var store = tree.Open();

        SnapshotTree.Apply(store, tree.Edit("A.cs", "a"));

        tree.State().ShouldBe(before);
        store.Runs.ShouldBeEmpty();
    }

    [Fact]
    public void An_absolute_path_under_the_root_is_the_same_file()
    {
        tree.Write("A.cs", "a");
        using var store = tree.Open();

        store.Begin(SnapshotTree.Info).Apply("Infrastructure", "Poller", [FileChange.Edit(tree.At("x/../A.cs"), ContentHash.Of("a"u8), "b"u8.ToArray())]).ShouldBe(["A.cs"]);
    }

    [Fact]
    public void Where_one_file_has_changed_none_is_written_and_each_that_changed_is_named()
    {
        foreach (var name in "ABC")
            tree.Write($"{name}.cs", "x");
        FileChange[] changes = [tree.Edit("A.cs", "y"), tree.Edit("B.cs", "y"), tree.Delete("C.cs"), SnapshotTree.Create("D.cs", "d")];
        tree.Write("B.cs", "someone else");
        File.Delete(tree.At("C.cs"));
        tree.Write("D.cs", "someone else");
        var before = tree.State();
        using var store = tree.Open();

        var refused = Should.Throw<SnapshotException>(() => SnapshotTree.Apply(store, changes));

        refused.Problems.Select(problem => problem.File).ShouldBe(["B.cs", "C.cs", "D.cs"]);
        refused.Message.ShouldContain("changed by someone else");
        refused.NeedsRecovery.ShouldBeFalse();
        tree.State().ShouldBe(before);
        store.Runs.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_saved_while_the_transaction_is_written_keeps_what_was_saved()
    {
        tree.Write("A.cs", "a");
        tree.Write("B.cs", "b");
        var disk = new FailingDisk();
        using var store = tree.Open(disk);
        disk.BeforeMove = to =>
        {
            if (to == tree.At("A.cs"))
                tree.Write("B.cs", "saved");
        };

        var refused = Should.Throw<SnapshotException>(() => SnapshotTree.Apply(store, tree.Edit("A.cs", "a2"), tree.Edit("B.cs", "b2")));

        refused.Problems.First().File.ShouldBe("B.cs");
        tree.Read("A.cs").ShouldBe("a");
        tree.Read("B.cs").ShouldBe("saved");
        store.Runs.Single().Transactions.Single().State.ShouldBe(TransactionState.Failed);
    }

    [Fact]
    public void After_a_refused_transaction_the_run_goes_on()
    {
        tree.Write("A.cs", "a");
        using var store = tree.Open();
        var run = store.Begin(SnapshotTree.Info);
        Should.Throw<SnapshotException>(() => run.Apply("Infrastructure", "Poller", [SnapshotTree.Create("A.cs", "b")]));

        run.Apply("Infrastructure", "Other", [tree.Edit("A.cs", "b")]).ShouldBe(["A.cs"]);
        run.Complete();

        store.Runs.Single().State.ShouldBe(RunState.Applied);
        Should.Throw<InvalidOperationException>(() => run.Apply("Infrastructure", "Late", []));
    }

    [Fact]
    public void Two_changes_of_one_file_are_refused()
    {
        tree.Write("A.cs", "a");
        using var store = tree.Open();

        Should.Throw<SnapshotException>(() => SnapshotTree.Apply(store, tree.Edit("A.cs", "b"), tree.Edit("./A.cs", "c"))).Message.ShouldContain("two changes");

        tree.Read("A.cs").ShouldBe("a");
    }

    [Fact]
    public void The_store_keeps_itself_out_of_git_and_from_other_users()
    {
        using var store = tree.Open();

        tree.Read(".agentlift/.gitignore").ShouldBe("*\n");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(tree.At(".agentlift")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
