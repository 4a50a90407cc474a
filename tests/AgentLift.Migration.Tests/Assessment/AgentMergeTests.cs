using AgentLift.Core.Risk;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Tests.Assessment;

public sealed class AgentMergeTests
{
    [Fact]
    public void Two_target_frameworks_give_one_agent_with_each_piece_of_evidence_once()
    {
        var one = SampleFleet.Agent("A", RiskLevel.Medium, "a1");
        var other = SampleFleet.Agent("A", RiskLevel.High, "a1", "a2");

        var agent = AgentMerge.Of([one, other]).ShouldHaveSingleItem();

        agent.Risk.Level.ShouldBe(RiskLevel.High);
        agent.Evidence.Select(evidence => evidence.Fingerprint).ShouldBe(["a1", "a2"]);
    }

    [Fact]
    public void Classes_of_the_same_name_in_different_files_stay_apart()
    {
        var one = SampleFleet.Agent("A", RiskLevel.Medium);
        var other = one with { Declaration = one.Declaration with { File = "other/A.cs" } };

        AgentMerge.Of([one, other]).Length.ShouldBe(2);
    }

    [Fact]
    public void The_riskiest_come_first_then_names() =>
        AgentMerge.Of([SampleFleet.Agent("B", RiskLevel.Low), SampleFleet.Agent("A", RiskLevel.Low), SampleFleet.Agent("C", RiskLevel.High)])
            .Select(agent => agent.Name).ShouldBe(["C", "A", "B"]);
}
