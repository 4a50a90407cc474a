using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Assessment;
using AgentLift.Core.Rules;

namespace AgentLift.Migration.Verification;

/// <summary>How far an agent has come after a lift, as the assessment counts it.</summary>
internal static class ReachedStage
{
    public static MigrationStage Of(LiftedAgent agent) =>
        MigrationMarker.StageReached(agent.After, agent.Stage == MigrationStage.None ? null : agent.Stage);
}
