using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>
/// AGL4001, AGL4002 and AGL4003: what is loaded before the agent is of use becomes a lazy member, loaded on first use or once the agent is ready. Static
/// members that static code shares become a <see cref="Lazy{T}"/>. A load whose moment or thread matters stays.
/// </summary>
internal sealed class HeavyLoadRewriter : IRewriter
{
    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.EagerHeavyField, Core.Rules.RuleIds.EagerHeavyConstructor, Core.Rules.RuleIds.EagerHeavyStaticInit];

    public string Title => "Load what '{0}' needs on first use, or once it is ready";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var found = RuleIds.SelectMany(agent.EvidenceOf).ToList();
        if (found.Count == 0)
            return;
        var makers = await Makers.FindAsync(agent, cancellationToken).ConfigureAwait(false);
        var obstacle = !agent.IsOnBaseAgent ? "the agent has no lazy dependencies until it derives from BaseAgent"
            : makers.Expected is { } exception ? $"whoever makes {agent.Type.Name} expects {exception}, which a lazy load throws later"
            : null;
        if (obstacle is not null)
        {
            foreach (var evidence in found)
                draft.Refuse(evidence, obstacle);
            return;
        }

        var loads = draft.Fixable(found).GroupBy(evidence => evidence.Node).ToDictionary(group => group.Key, group => group.First());
        var planning = new LoadPlanning(agent.Facts, isOnRuntime: true, loads.Select(load => (load.Key, load.Value.MessageArguments[1])), cancellationToken);
        while (planning.Plan() is { Count: > 0 } plans)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await OutsideObstacleAsync(agent, planning.Uses, plans, cancellationToken).ConfigureAwait(false) is var (left, reason))
            {
                planning.Drop(left, reason);
                continue;
            }

            await StartLogs.MoveAsync(agent, planning, plans, cancellationToken).ConfigureAwait(false);
            LazyForms.Decide(agent, planning.Uses, makers, plans);
            if (plans.FirstOrDefault(plan => plan.Form == LazyForm.Static && plan.Released.Count > 0) is { } released)
            {
                planning.Drop(released.Target, $"{released.Member.Name} is shared by static code, and the agent releases it");
                continue;
            }

            var names = new LazyNames(agent, planning.Uses);
            foreach (var plan in plans)
                names.Name(plan);
            if (new LazyWriter(agent, planning.Uses, plans).Write(draft))
                break;
            var broken = plans.FirstOrDefault(plan => !new LazyWriter(agent, planning.Uses, [plan]).Write(new AgentDraft(agent))) ?? plans[plans.Count - 1];
            planning.Drop(broken.Target, $"a comment or directive stands within what {broken.Member.Name} is loaded by: move it first");
        }

        foreach (var (load, reason) in planning.Obstacles.Select(obstacle => (obstacle.Key, obstacle.Value)))
            draft.Refuse(loads[load], reason);
    }

    // What the detector does not see: code elsewhere, and what the compiler infers about null.
    private static async Task<(LoadTarget Target, string Reason)?> OutsideObstacleAsync(AgentCode agent, MemberUses uses, IReadOnlyList<LazyPlan> plans, CancellationToken cancellationToken)
    {
        foreach (var plan in plans)
        {
            var outside = await uses.OutsideAsync(agent.Solution, plan.Member, cancellationToken).ConfigureAwait(false);
            if (outside.Any(use => use.Assignment is not null || use.IsByReference))
                return (plan.Target, $"{plan.Member.Name} is assigned again");
            if (plan.Form != LazyForm.Getter && agent.ModelOf(plan.Value).GetTypeInfo(plan.Value, cancellationToken).Nullability.FlowState == NullableFlowState.MaybeNull)
                return (plan.Target, LazyPlanner.NullAfter(plan.Member));
        }

        return null;
    }
}
