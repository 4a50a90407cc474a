using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.CodeFixes.Tests;

/// <summary>What a finding says of its fix is what a lift does: the safe one goes, the other stays for the reason that was given before.</summary>
public class FixKindTests
{
    // A stage before may have changed names or endpoints, so that the reason that is left may be worded by them.
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, FixKindCases.All.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_lift_does_what_the_finding_says(int index)
    {
        var expected = FixKindCases.All[index];
        var solution = LiftVerifier.SolutionOf([("/fleet/PumpAgent.cs", expected.Source)]);
        (await LiftVerifier.ErrorsAsync(solution)).ShouldBeEmpty(expected.ToString());

        var lifted = await StageLift.ApplyAsync(solution, MigrationStage.Integration, LiftOptions.Everything, CancellationToken.None);

        (await LiftVerifier.ErrorsAsync(lifted.Solution)).ShouldBeEmpty(expected.ToString());
        var agent = lifted.Agents.Single(agent => agent.Changed);
        var left = agent.After.Where(evidence => evidence.Rule.Id == expected.RuleId).Select(evidence => (evidence.Fix, evidence.FixObstacle)).ToList();
        var why = string.Join("; ", agent.Obstacles.Select(obstacle => obstacle.Reason));
        if (expected.Obstacle is null)
            left.ShouldBeEmpty($"{expected}\n{why}");
        else
            left.ShouldHaveSingleItem($"{expected}\n{why}").Fix.ShouldBe(FixKind.None, $"{expected}\n{why}");
    }
}
