using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Assessment;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes;

/// <summary>
/// Agents that have come through the stage before, and in which nothing is found that this one removes. No diagnostic leads to them, yet the stage may still write: their
/// marker, and what an owned listener has become meanwhile. The tool takes them along, and so does a fix of a whole project or solution.
/// </summary>
internal static class CaughtUpAgents
{
    /// <returns>Fully named classes.</returns>
    public static async Task<IEnumerable<string>> OfAsync(Solution solution, ProjectId? only, MigrationStage stage, CancellationToken cancellationToken)
    {
        if (stage <= MigrationStage.Infrastructure)
            return [];
        var marked = new LiftScope(new LiftOptions(type => MigrationMarker.Find(type) is { } marker && MigrationMarker.ClaimOf(marker) == stage - 1) { OnlyProject = only });
        return (await marked.ReadAsync(solution, cancellationToken).ConfigureAwait(false))
            .Where(agent => agent.IsOnBaseAgent && !agent.Findings.Evidence.Any(evidence => evidence.Rule.Stage == stage && Stages.FixableRules.Contains(evidence.Rule.Id)))
            .Select(agent => agent.Type.ToDisplayString());
    }
}
