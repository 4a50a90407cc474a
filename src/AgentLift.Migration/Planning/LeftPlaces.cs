using System.Collections.Immutable;
using AgentLift.CodeFixes;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Loading;
using AgentLift.Migration.Migrating;

namespace AgentLift.Migration.Planning;

/// <summary>Says of each piece of evidence that a lift leaves, up to a stage, why it is left.</summary>
internal sealed class LeftPlaces(string root, bool includeAssisted)
{
    private readonly ReportedPaths paths = new(root);

    /// <summary>The places that are left.</summary>
    /// <param name="agent">The lifted agent.</param>
    /// <param name="stage">The last stage that counts.</param>
    /// <param name="original">Where to find the places in the code before; <see langword="null"/> to name them in the lifted code.</param>
    public ImmutableArray<LeftPlace> Of(LiftedAgent agent, MigrationStage stage, ImmutableArray<SettledEvidence>? original = null)
    {
        var obstacles = agent.Obstacles.ToList();
        var before = original?.ToList();
        var places = ImmutableArray.CreateBuilder<LeftPlace>();
        foreach (var evidence in agent.After.Where(evidence => evidence.Rule.Stage != MigrationStage.None && evidence.Rule.Stage <= stage))
        {
            var obstacle = obstacles.FirstOrDefault(candidate => candidate.RuleId == evidence.Rule.Id && (evidence.FixObstacle is null || candidate.Reason == evidence.FixObstacle));
            if (obstacle is not null)
                obstacles.Remove(obstacle);
            var same = before?.FirstOrDefault(candidate => candidate.Rule.Id == evidence.Rule.Id && candidate.Message == evidence.Message);
            if (same is not null)
                before!.Remove(same);
            places.Add(new LeftPlace(evidence.Rule.Id, evidence.Rule.Stage, paths.PlaceOf((same ?? evidence).Location), evidence.FixObstacle ?? obstacle?.Reason ?? ReasonOf(evidence.Rule, stage)));
        }

        foreach (var obstacle in obstacles.Where(obstacle => obstacle.RuleId.Length == 0))
            places.Add(new LeftPlace(string.Empty, MigrationStage.None, paths.PlaceOf(obstacle.Location), obstacle.Reason));
        return places.ToImmutable();
    }

    private string ReasonOf(Rule rule, MigrationStage stage) =>
        rule.Fix == FixKind.None ? "nothing sound can be written automatically; its page says what to do"
        : rule.Fix == FixKind.Assisted && !includeAssisted ? "its rewrite needs a person's eye: ask for it with --include-assisted"
        : Stages.LastStageFor(rule) is var last && last > stage ? $"its rewrite comes with the stage {last.ToKebabCase()}"
        : "the rewrite leaves it, or it shows only after the others";
}
