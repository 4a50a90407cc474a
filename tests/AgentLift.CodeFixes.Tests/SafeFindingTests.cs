using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.FleetGenerator;
using Xunit.Abstractions;
using Fleets = AgentLift.FleetGenerator.FleetGenerator;

namespace AgentLift.CodeFixes.Tests;

/// <summary>A finding that calls its fix safe is lifted, or something that no detector can see keeps it: code elsewhere, or a comment in the way.</summary>
public class SafeFindingTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task What_is_left_and_calls_itself_safe_is_explained_by_what_no_detector_sees(int seed)
    {
        var fleet = Fleets.Generate(new FleetOptions(seed, 300));
        var solution = LiftVerifier.SolutionOf(fleet.Files.Select(file => (file.Path, file.Text)));

        var lifted = await StageLift.ApplyAsync(solution, MigrationStage.Integration, LiftOptions.Everything, CancellationToken.None);

        var left = new List<string>();
        var back = new List<string>();
        foreach (var agent in lifted.Agents)
        {
            foreach (var rule in agent.After.Where(evidence => evidence.Fix == FixKind.Safe).GroupBy(evidence => evidence.Rule.Id))
            {
                var reasons = agent.Obstacles.Where(obstacle => obstacle.RuleId == rule.Key || obstacle.RuleId.Length == 0).Select(obstacle => obstacle.Reason).DefaultIfEmpty("NOT EXPLAINED").Distinct();
                left.Add($"{rule.Key} x{rule.Count()} {agent.Agent}: {string.Join(" | ", reasons)}");
            }

            foreach (var rule in agent.Before.Where(evidence => evidence.FixObstacle is not null).GroupBy(evidence => evidence.Rule.Id))
            {
                if (agent.After.Count(evidence => evidence.Rule.Id == rule.Key && evidence.FixObstacle is not null) < rule.Count())
                    back.Add($"{rule.Key} x{rule.Count()} {agent.Agent}: {string.Join(" | ", rule.Select(evidence => evidence.FixObstacle))}");
            }
        }

        output.WriteLine($"{lifted.Agents.Sum(agent => agent.Before.Count(evidence => evidence.FixObstacle is not null))} of {lifted.Agents.Sum(agent => agent.Before.Length)} lowered before, {lifted.Agents.Sum(agent => agent.After.Count(evidence => evidence.FixObstacle is not null))} of {lifted.Agents.Sum(agent => agent.After.Length)} after");
        foreach (var line in left.Concat(["----- lowered before, gone after"]).Concat(back))
            output.WriteLine(line);
    }
}
