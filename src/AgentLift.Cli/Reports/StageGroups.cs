using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports;

/// <summary>An agent's evidence in the order in which it will be removed.</summary>
internal static class StageGroups
{
    /// <summary>The stages that remove evidence, in order; findings outside the stages come last.</summary>
    public static IReadOnlyList<MigrationStage> Order { get; } =
        [MigrationStage.Infrastructure, MigrationStage.CoreLogic, MigrationStage.Integration, MigrationStage.None];

    /// <summary>The stages that have evidence, each with its evidence in the given order.</summary>
    public static IEnumerable<(MigrationStage Stage, IReadOnlyList<AssessedEvidence> Evidence)> Of(AssessedAgent agent) =>
        from stage in Order
        let evidence = agent.Evidence.Where(finding => finding.Rule.Stage == stage).ToList()
        where evidence.Count > 0
        select (stage, (IReadOnlyList<AssessedEvidence>)evidence);

    /// <summary>Number of findings of a stage.</summary>
    public static int Count(AssessedAgent agent, MigrationStage stage) =>
        agent.Evidence.Count(finding => finding.Rule.Stage == stage);
}
