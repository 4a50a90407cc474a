using System.Collections.Immutable;
using AgentLift.Core.Risk;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Planning;

namespace AgentLift.Migration.Tests.Planning;

public class MigrationOrderTests
{
    private static readonly AssessedAgent Low = SampleFleet.Agent("low", RiskLevel.Low);
    private static readonly AssessedAgent Medium = SampleFleet.Agent("medium", RiskLevel.Medium);
    private static readonly AssessedAgent High = SampleFleet.Agent("high", RiskLevel.High);

    [Fact]
    public void Without_dependencies_low_risk_comes_first() => Order().ShouldBe(["low", "medium", "high"]);

    [Fact]
    public void What_others_need_comes_first_whatever_its_risk() =>
        Order((Low, High), (Medium, High)).ShouldBe(["high", "low", "medium"]);

    [Fact]
    public void Dependencies_are_followed_through() =>
        Order((Low, Medium), (Medium, High)).ShouldBe(["high", "medium", "low"]);

    [Fact]
    public void A_circle_is_broken_by_the_lowest_risk() =>
        Order((Low, Medium), (Medium, Low), (High, Medium)).ShouldBe(["low", "medium", "high"]);

    private static IEnumerable<string> Order(params (AssessedAgent Agent, AssessedAgent Needs)[] needs)
    {
        AssessedAgent[] agents = [High, Medium, Low];
        var dependencies = agents.ToDictionary(agent => agent, agent => needs.Where(pair => pair.Agent == agent).Select(pair => pair.Needs).ToImmutableHashSet());
        return MigrationOrder.Of(agents, dependencies).Select(agent => agent.Name);
    }
}
