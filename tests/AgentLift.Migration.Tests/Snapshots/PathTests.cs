using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Snapshots;

public sealed class PathTests : IDisposable
{
    private readonly SnapshotTree tree = new();
    private readonly TemporaryFolder outside = new();

    public void Dispose()
    {
        tree.Dispose();
        outside.Dispose();
    }

    [Theory]
    [InlineData("../A.cs")]
    [InlineData("src/../../A.cs")]
    [InlineData("/etc/A.cs")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("A\0.cs")]
    [InlineData(".agentlift/objects/A.cs")]
    [InlineData("src/../.agentlift/A.cs")]
    public void A_path_out_of_the_root_or_into_the_store_is_refused(string path)
    {
        using var store = tree.Open();

        Should.Throw<SnapshotException>(() => SnapshotTree.Apply(store, SnapshotTree.Create(path, "a"))).Problems.Single().File.ShouldBe(path);

        tree.State().ShouldBeEmpty();
        store.Runs.ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_that_begins_like_the_root_is_outside()
    {
        using var store = tree.Open();

        Should.Throw<SnapshotException>(() => SnapshotTree.Apply(store, SnapshotTree.Create(tree.Root + "2/A.cs", "a")));
    }

    [Fact]
    public void A_link_out_of_the_root_is_refused_be_it_a_file_or_a_folder()
    {
        var target = outside.Write("A.cs", "a");
        File.CreateSymbolicLink(tree.At("file.cs"), target);
        Directory.CreateSymbolicLink(tree.At("folder"), outside.Path);
        Directory.CreateSymbolicLink(tree.At("twice"), tree.At("folder"));
        using var store = tree.Open();

        foreach (var path in new[] { "file.cs", "folder/A.cs", "twice/A.cs", "folder/New.cs" })
            Should.Throw<SnapshotException>(() => SnapshotTree.Apply(store, FileChange.Edit(path, ContentHash.Of("a"u8), "b"u8.ToArray()))).Message.ShouldContain("leads out of");

        Directory.GetFiles(outside.Path).ShouldBe([target]);
        File.ReadAllText(target).ShouldBe("a");
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        File.CreateSymbolicLink(tree.At("a.cs"), "b.cs");
        File.CreateSymbolicLink(tree.At("b.cs"), "a.cs");
        using var store = tree.Open();

        Should.Throw<SnapshotException>(() => SnapshotTree.Apply(store, SnapshotTree.Create("a.cs", "x"))).Message.ShouldContain("too many links");
    }

    [Fact]
    public void A_link_to_a_file_inside_stays_a_link_and_the_real_file_changes_and_comes_back()
    {
        tree.Write("real/A.cs", "a");
        File.CreateSymbolicLink(tree.At("link.cs"), Path.Combine("real", "A.cs"));
        Directory.CreateSymbolicLink(tree.At("folder"), tree.At("real"));
        var before = tree.State();
        using var store = tree.Open();

        SnapshotTree.Apply(store, FileChange.Edit("link.cs", ContentHash.Of("a"u8), "b"u8.ToArray()), SnapshotTree.Create("folder/B.cs", "new"));

        store.Runs.Single().Files.ShouldBe(["real/A.cs", "real/B.cs"]);
        tree.Read("real/A.cs").ShouldBe("b");
        new FileInfo(tree.At("link.cs")).LinkTarget.ShouldBe(Path.Combine("real", "A.cs"));
        store.Rollback(new RollbackSelection());
        tree.State().ShouldBe(before);
    }

    [Fact]
    public void A_file_and_a_link_to_it_are_one_file()
    {
        tree.Write("A.cs", "a");
        File.CreateSymbolicLink(tree.At("link.cs"), "A.cs");
        using var store = tree.Open();

        Should.Throw<SnapshotException>(() => SnapshotTree.Apply(store, tree.Edit("A.cs", "b"), tree.Edit("link.cs", "c"))).Message.ShouldContain("two changes");
    }

    [Fact]
    public void A_root_that_is_reached_by_a_link_takes_paths_by_both_names()
    {
        tree.Write("A.cs", "a");
        var link = outside.At("link");
        Directory.CreateSymbolicLink(link, tree.Root);
        using var store = SnapshotStore.Open(link);

        SnapshotTree.Apply(store, FileChange.Edit(Path.Combine(link, "A.cs"), ContentHash.Of("a"u8), "b"u8.ToArray()), SnapshotTree.Create(tree.At("B.cs"), "b"));

        store.Runs.Single().Files.ShouldBe(["A.cs", "B.cs"]);
    }

    [Fact]
    public void A_folder_that_became_a_link_out_of_the_root_is_not_followed_by_a_rollback()
    {
        tree.Write("src/A.cs", "a");
        using var store = tree.Open();
        SnapshotTree.Apply(store, tree.Edit("src/A.cs", "b"));
        Directory.Move(tree.At("src"), outside.At("src"));
        Directory.CreateSymbolicLink(tree.At("src"), outside.At("src"));

        Should.Throw<SnapshotException>(() => store.Rollback(new RollbackSelection())).Problems.Single().File.ShouldBe("src/A.cs");

        File.ReadAllText(outside.At("src/A.cs")).ShouldBe("b");
    }

    [Fact]
    public void A_store_that_is_a_link_is_refused()
    {
        Directory.CreateSymbolicLink(tree.At(".agentlift"), outside.Path);

        Should.Throw<SnapshotException>(tree.Open).Message.ShouldContain("remove the link");
        Directory.GetFileSystemEntries(outside.Path).ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_refused()
    {
        Directory.CreateDirectory(tree.At("A.cs"));
        using var store = tree.Open();

        Should.Throw<SnapshotException>(() => SnapshotTree.Apply(store, SnapshotTree.Create("A.cs", "a"))).Message.ShouldContain("a folder stands");
    }
}
