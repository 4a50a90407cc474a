using AgentLift.Core.Risk;
using AgentLift.Migration.Baselines;
using AgentLift.Migration.Gates;

namespace AgentLift.Migration.Tests.Gates;

public sealed class RiskGateTests
{
    private static readonly RiskGate High = new(RiskLevel.High);

    [Fact]
    public void Agents_at_or_above_the_level_fail()
    {
        var fleet = SampleFleet.Of(
            SampleFleet.Agent("A", RiskLevel.Critical), SampleFleet.Agent("B", RiskLevel.High), SampleFleet.Agent("C", RiskLevel.Medium));

        High.FailuresIn(fleet).Select(agent => agent.Name).ShouldBe(["A", "B"]);
    }

    [Fact]
    public void Lifted_agents_do_not_fail() =>
        High.FailuresIn(SampleFleet.Of(SampleFleet.Agent("A", RiskLevel.High) with { Lifted = true })).ShouldBeEmpty();

    [Fact]
    public void With_a_baseline_only_agents_with_new_evidence_fail()
    {
        var fleet = SampleFleet.Of(SampleFleet.Agent("A", RiskLevel.High, "a1"), SampleFleet.Agent("B", RiskLevel.High, "b1"));
        var known = Baseline.Of(SampleFleet.Of(SampleFleet.Agent("A", RiskLevel.High, "a1")));

        High.FailuresIn(known.Apply(fleet, "known.json")).Select(agent => agent.Name).ShouldBe(["B"]);
    }
}
