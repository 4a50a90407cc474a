using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;

namespace AgentLift.Migration.Verification;

/// <summary>How far an agent has come after a lift, as the assessment counts it: the last stage before the first with evidence, and no further than its marker claims.</summary>
internal static class ReachedStage
{
    public static MigrationStage Of(LiftedAgent agent)
    {
        if (agent.After.Any(evidence => evidence.Rule.Id == RuleIds.NotABaseAgent))
            return MigrationStage.None;
        var shown = agent.After.Any(evidence => evidence.Rule.Stage == MigrationStage.CoreLogic) ? MigrationStage.Infrastructure
            : agent.After.Any(evidence => evidence.Rule.Stage == MigrationStage.Integration) ? MigrationStage.CoreLogic
            : MigrationStage.Integration;
        return agent.Stage != MigrationStage.None && agent.Stage < shown ? agent.Stage : shown;
    }
}
