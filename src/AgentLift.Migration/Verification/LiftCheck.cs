using System.Collections.Immutable;
using AgentLift.CodeFixes;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Assessment;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Migration.Verification;

/// <summary>Checks that a stage did to an agent what it claims: the evidence is gone or its rest explained, and the marker says how far the agent has come.</summary>
internal static class LiftCheck
{
    /// <summary>What is wrong; nothing where all is well.</summary>
    /// <param name="stage">The stage that was to be reached.</param>
    /// <param name="lifted">What the lift says that it did.</param>
    /// <param name="now">The agent read anew from what was written; <see langword="null"/> where no agent is found.</param>
    /// <param name="includeAssisted">Whether assisted rewrites were asked for.</param>
    public static ImmutableArray<string> ProblemsOf(MigrationStage stage, LiftedAgent lifted, AgentCode? now, bool includeAssisted)
    {
        if (now is null)
            return ["the class is no longer found as an agent"];
        return [.. EvidenceProblems(stage, lifted, now, includeAssisted), .. MarkerProblems(stage, lifted, now)];
    }

    private static IEnumerable<string> EvidenceProblems(MigrationStage stage, LiftedAgent lifted, AgentCode now, bool includeAssisted)
    {
        var wholeAgent = lifted.Obstacles.Any(obstacle => obstacle is { RuleId.Length: 0, IsOfCaller: false });
        foreach (var left in now.Findings.Evidence.Where(evidence => evidence.Rule.Stage != MigrationStage.None && evidence.Rule.Stage <= stage).GroupBy(evidence => evidence.Rule))
        {
            var before = Count(lifted.Before, left.Key);
            var explained = lifted.Obstacles.Count(obstacle => obstacle.RuleId == left.Key.Id);
            if (left.Count() > before)
                yield return $"{left.Key.Id} ({left.Key.Name}) has come back: {left.Count()} places, {before} before";
            else if (!wholeAgent && IsDue(left.Key, stage) && left.Count(evidence => IsClaimed(evidence, includeAssisted)) > explained)
                yield return $"{left.Key.Id} ({left.Key.Name}) is left in {left.Count()} places, of which {explained} are explained";
        }
    }

    private static IEnumerable<string> MarkerProblems(MigrationStage stage, LiftedAgent lifted, AgentCode now)
    {
        if (now.Findings.Evidence.Any(evidence => evidence.Rule.Id == RuleIds.StaleMigrationMarker))
            yield return $"the marker claims the stage {now.MarkedStage.ToKebabCase()}, which the code contradicts";

        // A marker claims the last stage before the first with a safe pattern left in it (AGL0006).
        var shown = MigrationMarker.StageShown(now.Findings.Evidence);
        var expected = shown < stage ? shown : stage;
        if (lifted.Changed && now.IsRun && now.MarkedStage < expected)
            yield return $"the marker of the stage {expected.ToKebabCase()} is missing";
    }

    // The rewrite of some rules comes with a later stage than their own.
    private static bool IsDue(Rule rule, MigrationStage stage) => Stages.FixableRules.Contains(rule.Id) && Stages.LastStageFor(rule) <= stage;

    private static bool IsClaimed(Evidence evidence, bool includeAssisted) => evidence.Fix == FixKind.Safe || (includeAssisted && evidence.Fix == FixKind.Assisted);

    private static int Count(ImmutableArray<SettledEvidence> evidence, Rule rule) => evidence.Count(item => item.Rule.Id == rule.Id);
}
