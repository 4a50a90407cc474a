using System.Text.RegularExpressions;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.FleetGenerator;
using Xunit.Abstractions;
using Fleets = AgentLift.FleetGenerator.FleetGenerator;

namespace AgentLift.CodeFixes.Tests;

/// <summary>A finding that calls its fix safe is lifted, or something that its detector does not look at keeps it.</summary>
public partial class SafeFindingTests(ITestOutputHelper output)
{
    // What each detector knows of the agent's own code decides these rules; what is left is in code elsewhere, or a comment in the way.
    private static readonly string[] Decided =
        [RuleIds.HandRolledShutdown, RuleIds.UnsupervisedTask, RuleIds.AsyncVoid, RuleIds.EagerHeavyField, RuleIds.EagerHeavyConstructor, RuleIds.EagerHeavyStaticInit, RuleIds.LifetimeConnection];

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task What_is_left_and_calls_itself_safe_is_explained(int seed)
    {
        var fleet = Fleets.Generate(new FleetOptions(seed, 80));
        var solution = LiftVerifier.SolutionOf(fleet.Files.Select(file => (file.Path, file.Text)));

        var lifted = await StageLift.ApplyAsync(solution, MigrationStage.Integration, LiftOptions.Everything, CancellationToken.None);

        var left = lifted.Agents.SelectMany(agent => agent.After.Where(evidence => evidence.Fix == FixKind.Safe && Stages.FixableRules.Contains(evidence.Rule.Id))
            .Select(evidence => evidence.Rule.Id).Distinct().Select(rule => (agent.Agent, Rule: rule, Reasons: ReasonsOf(agent, rule)))).ToList();
        foreach (var rule in left.SelectMany(item => item.Reasons.Select(reason => (item.Rule, Reason: reason))).GroupBy(item => item).OrderBy(group => group.Key.Rule, StringComparer.Ordinal))
            output.WriteLine($"{rule.Count(),4} {rule.Key.Rule} {rule.Key.Reason}");
        output.WriteLine($"{lifted.Agents.Sum(agent => agent.Before.Length)} findings before, {lifted.Agents.Sum(agent => agent.After.Length)} after, of which {lifted.Agents.Sum(agent => agent.After.Count(evidence => evidence.FixObstacle is not null))} say why they stay");
        foreach (var agent in lifted.Agents)
        {
            foreach (var rule in agent.Before.Where(evidence => evidence.FixObstacle is not null).GroupBy(evidence => evidence.Rule.Id).Where(rule => agent.After.Count(evidence => evidence.Rule.Id == rule.Key) < agent.Before.Count(evidence => evidence.Rule.Id == rule.Key && evidence.FixObstacle is not null)))
                output.WriteLine($"gone although it said why it stays: {agent.Agent} {rule.Key} {string.Join(" | ", rule.Select(evidence => evidence.FixObstacle))}");
        }

        left.Where(item => item.Reasons.Length == 0).Select(item => $"{item.Agent}: {item.Rule}").ShouldBeEmpty("a lift says of each finding that it leaves why");
        left.Where(item => Decided.Contains(item.Rule) && !item.Reasons.Any(OfOthers().IsMatch)).Select(item => $"{item.Agent}: {item.Rule}: {string.Join("; ", item.Reasons)}").ShouldBeEmpty("its detector knows that much");
    }

    private static string[] ReasonsOf(LiftedAgent agent, string rule) =>
        [.. agent.Obstacles.Where(obstacle => obstacle.RuleId == rule || (obstacle.RuleId.Length == 0 && !obstacle.IsOfCaller)).Select(obstacle => obstacle.Reason).Distinct()];

    [GeneratedRegex("derives from BaseAgent|derive from BaseAgent|made by hand|make the agent by hand|whoever makes|is assigned again|may be null|static code|comment or (directive|another change)|waits? |loop in|share a field|the stop of the agent|a comment stands")]
    private static partial Regex OfOthers();
}
