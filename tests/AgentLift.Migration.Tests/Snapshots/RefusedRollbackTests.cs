using System.Diagnostics;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Snapshots;

public sealed class RefusedRollbackTests : IDisposable
{
    private readonly SnapshotTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void Files_that_were_changed_since_are_all_named_and_nothing_is_written()
    {
        foreach (var name in "ABCD")
            tree.Write($"{name}.cs", "0");
        using var store = tree.Open();
        SnapshotTree.Apply(store, [.. "ABC".Select(name => tree.Edit($"{name}.cs", "1")), tree.Delete("D.cs"), SnapshotTree.Create("E.cs", "e")]);
        tree.Write("A.cs", "own");
        File.Delete(tree.At("B.cs"));
        tree.Write("D.cs", "own");
        tree.Write("E.cs", "own");
        var before = tree.State();

        var refused = Should.Throw<SnapshotException>(() => store.Rollback(new RollbackSelection()));

        refused.Problems.Select(problem => problem.File).Order().ShouldBe(["A.cs", "B.cs", "D.cs", "E.cs"]);
        refused.Problems.Single(problem => problem.File == "E.cs").NextStep.ShouldContain("the run created it");
        tree.State().ShouldBe(before);
        store.Runs.Single().State.ShouldBe(RunState.Applied);
    }

    [Fact]
    public void The_merge_that_is_advised_takes_out_the_run_and_keeps_the_other_work()
    {
        const string File = "src/My Agent's.cs";
        tree.Write(File, "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
        using var store = tree.Open();
        SnapshotTree.Apply(store, tree.Edit(File, "1\nmigrated\n3\n4\n5\n6\n7\n8\n9\n"));
        tree.Write(File, "1\nmigrated\n3\n4\n5\n6\n7\n8\nown\n");
        var problem = Should.Throw<SnapshotException>(() => store.Rollback(new RollbackSelection())).Problems.Single();
        tree.Read(problem.BeforeObject!).ShouldStartWith("1\n2\n");
        tree.Read(problem.AfterObject!).ShouldStartWith("1\nmigrated\n");

        var command = problem.NextStep[problem.NextStep.IndexOf("git merge-file", StringComparison.Ordinal)..].Split(';')[0];
        using (var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = tree.Root })!)
        {
            shell.WaitForExit();
            shell.ExitCode.ShouldBe(0);
        }

        tree.Read(File).ShouldBe("1\n2\n3\n4\n5\n6\n7\n8\nown\n");
        store.Rollback(new RollbackSelection { Leave = [File] }).Files.ShouldBe([new RollbackFile(File, RollbackAction.Left)]);
        store.Runs.Single().State.ShouldBe(RunState.RolledBack);
    }

    [Fact]
    public void Work_between_two_stages_is_not_rolled_over()
    {
        tree.Write("A.cs", "0");
        using var store = tree.Open();
        var run = store.Begin(SnapshotTree.Info);
        run.Apply("Infrastructure", "A", [tree.Edit("A.cs", "1")]);
        tree.Write("A.cs", "1 and own");
        run.Apply("CoreLogic", "A", [tree.Edit("A.cs", "2 and own")]);

        var problem = Should.Throw<SnapshotException>(() => store.Rollback(new RollbackSelection())).Problems.Single();

        problem.NextStep.Split("git merge-file").Length.ShouldBe(3);
        tree.Read("A.cs").ShouldBe("2 and own");
        store.Rollback(new RollbackSelection { Stage = "CoreLogic" });
        tree.Read("A.cs").ShouldBe("1 and own");
    }

    [Fact]
    public void A_later_run_on_the_same_file_must_be_taken_back_first()
    {
        tree.Write("A.cs", "0");
        tree.Write("B.cs", "0");
        using var store = tree.Open();
        var first = SnapshotTree.Apply(store, tree.Edit("A.cs", "1"), tree.Edit("B.cs", "1"));
        var second = SnapshotTree.Apply(store, tree.Edit("A.cs", "2"));

        var problem = Should.Throw<SnapshotException>(() => store.Rollback(new RollbackSelection { Run = first })).Problems.Single();

        problem.File.ShouldBe("A.cs");
        problem.NextStep.ShouldContain($"--run {second}");
        tree.Read("B.cs").ShouldBe("1");
        store.Rollback(new RollbackSelection { Run = second });
        store.Rollback(new RollbackSelection { Run = first }).Files.Length.ShouldBe(2);
        tree.Read("A.cs").ShouldBe("0");
    }

    [Fact]
    public void A_later_transaction_of_the_same_run_must_go_with_it()
    {
        tree.Write("Shared.cs", "0");
        using var store = tree.Open();
        var run = store.Begin(SnapshotTree.Info);
        run.Apply("Infrastructure", "A", [tree.Edit("Shared.cs", "1")]);
        run.Apply("Infrastructure", "B", [tree.Edit("Shared.cs", "2")]);

        Should.Throw<SnapshotException>(() => store.Rollback(new RollbackSelection { Agent = "A" })).Message.ShouldContain("Infrastructure of B");

        tree.Read("Shared.cs").ShouldBe("2");
        store.Rollback(new RollbackSelection { Agent = "B" });
        store.Rollback(new RollbackSelection { Agent = "A" });
        tree.Read("Shared.cs").ShouldBe("0");
    }

    [Fact]
    public void A_stored_copy_that_is_damaged_is_named_before_anything_is_written()
    {
        tree.Write("A.cs", "0");
        using var store = tree.Open();
        SnapshotTree.Apply(store, tree.Edit("A.cs", "1"));
        var hash = ContentHash.Of("0"u8);
        File.WriteAllText(tree.At($".agentlift/objects/{hash[..2]}/{hash[2..]}"), "?");

        Should.Throw<SnapshotException>(() => store.Rollback(new RollbackSelection())).Message.ShouldContain("damaged");

        tree.Read("A.cs").ShouldBe("1");
        store.Runs.Single().State.ShouldBe(RunState.Applied);
    }
}
