using AgentLift.Core.Detectors;
using AgentLift.Core.Discovery;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Assessment;

/// <summary>How far an agent has been lifted: what its code shows, and whether its <c>[LiftedAgent]</c> marker agrees.</summary>
internal static class MigrationMarker
{
    private static readonly Rule StaleMarker = RuleTable.Get(RuleIds.StaleMigrationMarker);

    // What a lifted agent has handed over: loops, sockets, health and heavy dependencies (SPEC section 1).
    private static readonly HashSet<string> HandedOver = new(StringComparer.Ordinal)
    {
        RuleIds.NotABaseAgent, RuleIds.HandRolledHealthCheck, RuleIds.ManualThread, RuleIds.UnsupervisedTask, RuleIds.SleepPolling, RuleIds.UnstoppableLoop,
        RuleIds.ManualTimer, RuleIds.RawListener, RuleIds.MessageQueueSocket, RuleIds.EagerHeavyField, RuleIds.EagerHeavyConstructor, RuleIds.EagerHeavyStaticInit,
    };

    public static bool IsLifted(AgentSubject agent, IReadOnlyCollection<Evidence> evidence) =>
        IsRun(agent) && !evidence.Any(item => HandedOver.Contains(item.Rule.Id));

    /// <summary>The stage that the code shows, and no more than the marker claims.</summary>
    public static MigrationStage StageReached(AgentSubject agent, IReadOnlyCollection<Evidence> evidence) =>
        IsRun(agent) ? StageReached(evidence, Find(agent.Type) is { } marker ? ClaimOf(marker) : null) : MigrationStage.None;

    /// <summary>The stage that evidence leaves, and no more than a marker claims.</summary>
    /// <param name="evidence">All that is found in the agent.</param>
    /// <param name="claim">What the marker claims; <see langword="null"/> where there is none.</param>
    public static MigrationStage StageReached(IReadOnlyCollection<Evidence> evidence, MigrationStage? claim) =>
        StageShown(evidence) is var shown && claim < shown ? claim.Value : shown;

    /// <summary>The last stage up to which no evidence is left that a safe fix would remove: what a marker may claim.</summary>
    public static MigrationStage StageShown(IReadOnlyCollection<Evidence> evidence)
    {
        var left = evidence.Where(Contradicts).Select(item => item.Rule.Stage).DefaultIfEmpty(MigrationStage.Integration + 1).Min();
        return left - 1;
    }

    /// <summary>Evidence of AGL0006: the marker claims a stage whose evidence a safe fix would have removed.</summary>
    public static IEnumerable<Evidence> Contradictions(AgentSubject agent, IReadOnlyCollection<Evidence> evidence)
    {
        if (Find(agent.Type) is not { } marker || ClaimOf(marker) is not { } claim || claim == MigrationStage.None)
            yield break;
        var left = evidence.Where(item => item.Rule.Stage <= claim && Contradicts(item)).ToList();
        if (left.Count == 0)
            yield break;
        var what = !IsRun(agent) ? "it does not derive from BaseAgent" : $"{left[0].Rule.Id} is still there ({left[0].Rule.Name}, {left.Count} in all)";
        yield return new Evidence(StaleMarker, agent.Declaration, agent.Type, [agent.Type.Name, claim.ToKebabCase(), what]);
    }

    /// <summary>The <c>[LiftedAgent]</c> attribute of a type.</summary>
    public static AttributeData? Find(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "LiftedAgentAttribute");

    /// <summary>The stage that a marker names. The enum is the runtime's, so it is read by the name of its member.</summary>
    public static MigrationStage? ClaimOf(AttributeData marker)
    {
        foreach (var argument in marker.ConstructorArguments.Concat(marker.NamedArguments.Select(named => named.Value)))
        {
            if (argument.Kind == TypedConstantKind.Enum
                && argument.Type?.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, argument.Value)) is { } member
                && Enum.TryParse<MigrationStage>(member.Name, out var stage))
            {
                return stage;
            }
        }

        return null;
    }

    // By itself, or by the BaseAgent that owns it.
    private static bool IsRun(AgentSubject agent) => agent.BaseAgent is not null || AgentOwner.Find(agent.Type, agent.Settings) is not null;

    private static bool Contradicts(Evidence evidence) =>
        evidence.Rule.Stage != MigrationStage.None && (evidence is { Rule.Fix: FixKind.Safe, FixObstacle: null } || evidence.Rule.Id == RuleIds.NotABaseAgent);
}
