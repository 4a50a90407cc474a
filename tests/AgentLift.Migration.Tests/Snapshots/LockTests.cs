using System.Globalization;
using AgentLift.Migration.Snapshots;
using AgentLift.SnapshotCrasher;

namespace AgentLift.Migration.Tests.Snapshots;

public sealed class LockTests : IDisposable
{
    private readonly SnapshotTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void A_second_one_is_told_which_process_is_at_work_and_a_killed_one_holds_nothing()
    {
        using var holder = KillCampaign.Start("hold", tree.Root);
        holder.StandardOutput.ReadLine().ShouldBe("ready");

        Should.Throw<SnapshotException>(tree.Open).Message.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"process {holder.Id} works on this solution"));

        holder.Kill();
        holder.WaitForExit();
        tree.Open().Dispose();
    }

    [Fact]
    public void A_store_can_be_opened_again_once_it_is_closed_and_not_before()
    {
        using (tree.Open())
            Should.Throw<SnapshotException>(tree.Open).Message.ShouldContain($"process {Environment.ProcessId} ");

        tree.Open().Dispose();
    }

    [Fact]
    public void The_list_of_runs_needs_no_lock()
    {
        using var store = tree.Open();
        var id = SnapshotTree.Apply(store, SnapshotTree.Create("A.cs", "a"));

        RunHistory.Read(tree.Root).Single().Id.ShouldBe(id);
    }
}
