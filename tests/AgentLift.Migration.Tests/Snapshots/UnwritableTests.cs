using System.Diagnostics;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Snapshots;

public sealed class UnwritableTests : IDisposable
{
    private readonly SnapshotTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void A_read_only_file_is_refused_though_a_rename_would_pass_over_it()
    {
        tree.Write("A.cs", "a");
        tree.Write("B.cs", "b");
        File.SetAttributes(tree.At("A.cs"), FileAttributes.ReadOnly);
        using var store = tree.Open();

        var refused = Should.Throw<SnapshotException>(() => SnapshotTree.Apply(store, tree.Edit("B.cs", "x"), tree.Delete("A.cs")));

        refused.Problems.Single().ShouldBe(new SnapshotProblem("A.cs", "the file is read-only", refused.Problems[0].NextStep));
        tree.Read("B.cs").ShouldBe("b");
        File.SetAttributes(tree.At("A.cs"), FileAttributes.Normal);
    }

    [Fact]
    public void A_file_that_became_read_only_stops_the_whole_rollback()
    {
        tree.Write("A.cs", "a");
        tree.Write("B.cs", "b");
        using var store = tree.Open();
        SnapshotTree.Apply(store, tree.Edit("A.cs", "a2"), tree.Edit("B.cs", "b2"));
        File.SetAttributes(tree.At("B.cs"), FileAttributes.ReadOnly);

        Should.Throw<SnapshotException>(() => store.Rollback(new RollbackSelection())).Problems.Single().File.ShouldBe("B.cs");

        tree.Read("A.cs").ShouldBe("a2");
        File.SetAttributes(tree.At("B.cs"), FileAttributes.Normal);
        store.Rollback(new RollbackSelection()).Files.Length.ShouldBe(2);
    }

    [Fact]
    public void A_file_that_another_program_holds_is_named()
    {
        tree.Write("A.cs", "a");
        tree.Write("B.cs", "b");
        using var store = tree.Open();
        FileChange[] changes = [tree.Edit("A.cs", "a2"), tree.Edit("B.cs", "b2")];

        using (new FileStream(tree.At("B.cs"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var refused = Should.Throw<SnapshotException>(() => SnapshotTree.Apply(store, changes));
            refused.Problems.Single().File.ShouldBe("B.cs");
            refused.Message.ShouldContain("close the program");
        }

        tree.Read("A.cs").ShouldBe("a");
        SnapshotTree.Apply(store, changes);
        tree.Read("B.cs").ShouldBe("b2");
    }

    [Theory]
    [InlineData("objects")]
    [InlineData("files")]
    [InlineData("rename")]
    public void A_full_disk_at_any_point_leaves_the_tree_as_it_was(string where)
    {
        tree.Write("A.cs", "a");
        tree.Write("B.cs", "b");
        var before = tree.State();
        var disk = new FailingDisk();
        using var store = tree.Open(disk);
        var full = new IOException("No space left on device");
        var count = 0;
        disk.BeforeWrite = path =>
        {
            if (where == "objects" && path.Contains("/tmp/") && ++count > 2)
                throw full;
            if (where == "files" && path.EndsWith("-1.agentlift-tmp", StringComparison.Ordinal))
                throw full;
        };
        disk.BeforeMove = to =>
        {
            if (where == "rename" && to.EndsWith("B.cs", StringComparison.Ordinal))
                throw full;
        };

        var refused = Should.Throw<SnapshotException>(() => SnapshotTree.Apply(store, tree.Edit("A.cs", "a2"), tree.Edit("B.cs", "b2"), SnapshotTree.Create("new/C.cs", "c")));

        refused.Message.ShouldContain("No space left");
        refused.Message.ShouldContain("free space");
        refused.Problems[0].File.ShouldNotBeNull();
        tree.State().ShouldBe(before);
        tree.LeftOver().ShouldBeEmpty();
        store.Runs.SelectMany(run => run.Transactions).ShouldAllBe(transaction => transaction.State == TransactionState.Failed);

        (disk.BeforeWrite, disk.BeforeMove) = (_ => { }, _ => { });
        SnapshotTree.Apply(store, tree.Edit("A.cs", "a2"));
        tree.Read("A.cs").ShouldBe("a2");
    }

    [Fact]
    public void On_a_file_system_that_is_really_full_nothing_is_lost()
    {
        var mount = Directory.CreateTempSubdirectory("agentlift-full-").FullName;
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount) != 0)
        {
            // Only root may mount; the other tests of a full disk do without.
            Directory.Delete(mount);
            return;
        }

        try
        {
            var old = new byte[200_000];
            File.WriteAllBytes(Path.Combine(mount, "A.cs"), old);
            using var store = SnapshotStore.Open(mount);
            var big = new byte[600_000];
            big[0] = 1;

            var refused = Should.Throw<SnapshotException>(() => SnapshotTree.Apply(store, FileChange.Edit("A.cs", ContentHash.Of(old), big)));

            refused.Problems[0].File.ShouldBe("A.cs");
            refused.NeedsRecovery.ShouldBeFalse();
            File.ReadAllBytes(Path.Combine(mount, "A.cs")).ShouldBe(old);
            Directory.GetFileSystemEntries(Path.Combine(mount, ".agentlift/tmp")).ShouldBeEmpty();
            SnapshotTree.Apply(store, FileChange.Edit("A.cs", ContentHash.Of(old), "small"u8.ToArray()));
            store.Rollback(new RollbackSelection());
            File.ReadAllBytes(Path.Combine(mount, "A.cs")).ShouldBe(old);
        }
        finally
        {
            Run("umount", mount).ShouldBe(0);
            Directory.Delete(mount);
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
