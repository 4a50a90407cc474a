using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Snapshots;

public sealed class RunHistoryTests : IDisposable
{
    private readonly SnapshotTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void A_run_shows_its_command_stages_agents_files_and_times()
    {
        tree.Write("B.cs", "b");
        var time = new SetClock(new DateTimeOffset(2026, 11, 21, 15, 45, 1, TimeSpan.Zero));
        using var store = SnapshotStore.Open(tree.Root, time);
        var run = store.Begin(SnapshotTree.Info);
        run.Apply("Infrastructure", "A", [SnapshotTree.Create("C.cs", "c"), tree.Edit("B.cs", "b2")]);
        time.Now = time.Now.AddMinutes(1);
        run.Apply("CoreLogic", "A", [tree.Edit("B.cs", "b3")]);
        time.Now = time.Now.AddMinutes(1);
        run.Complete();

        var shown = store.Runs.Single();

        shown.Id.ShouldBe(run.Id);
        shown.Id.ShouldMatch("^20261121-154501-[0-9a-f]{4}$");
        shown.Info.ShouldBe(SnapshotTree.Info);
        (shown.Started, shown.Changed - shown.Started).ShouldBe((new DateTimeOffset(2026, 11, 21, 15, 45, 1, TimeSpan.Zero), TimeSpan.FromMinutes(2)));
        shown.State.ShouldBe(RunState.Applied);
        shown.Stages.ShouldBe(["Infrastructure", "CoreLogic"]);
        shown.Agents.ShouldBe(["A"]);
        shown.Files.ShouldBe(["B.cs", "C.cs"]);
        shown.Transactions.Select(transaction => (transaction.Number, transaction.At - shown.Started)).ShouldBe([(1, TimeSpan.Zero), (2, TimeSpan.FromMinutes(1))]);
    }

    [Fact]
    public void Runs_are_in_their_order_though_the_clock_was_set_back()
    {
        var time = new SetClock(new DateTimeOffset(2026, 11, 21, 15, 45, 1, TimeSpan.Zero));
        using var store = SnapshotStore.Open(tree.Root, time);
        var first = SnapshotTree.Apply(store, SnapshotTree.Create("A.cs", "a"));
        time.Now = time.Now.AddDays(-1);
        var second = SnapshotTree.Apply(store, tree.Edit("A.cs", "b"));

        store.Runs.Select(run => run.Id).ShouldBe([first, second]);
        store.Rollback(new RollbackSelection()).Run.ShouldBe(second);
    }

    [Fact]
    public void A_run_that_has_not_ended_is_open()
    {
        using var store = tree.Open();
        store.Begin(SnapshotTree.Info).Apply("Infrastructure", "A", [SnapshotTree.Create("A.cs", "a")]);

        store.Runs.Single().State.ShouldBe(RunState.Open);
    }

    [Fact]
    public void Where_nothing_was_migrated_there_are_no_runs_and_none_is_made_up()
    {
        RunHistory.Read(tree.Root).ShouldBeEmpty();
        Directory.Exists(tree.At(".agentlift")).ShouldBeFalse();
    }

    [Fact]
    public void A_run_of_a_later_format_is_told()
    {
        using var store = tree.Open();
        var id = SnapshotTree.Apply(store, SnapshotTree.Create("A.cs", "a"));
        var manifest = tree.At($".agentlift/runs/{id}/manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"format\":1", "\"format\":2"));

        Should.Throw<SnapshotException>(() => store.Runs.Length).Message.ShouldContain("format 2");
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
