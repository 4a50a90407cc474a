using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
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

        var uses = new MemberUses(agent, cancellationToken);
        var targets = Targets(agent, draft, uses, found);
        var construction = new Construction(agent, uses);
        var releases = new Releases(agent);
        while (targets.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var plans = await PlanAsync(agent, draft, new LazyPlanner(agent, uses, construction, releases, targets), targets, cancellationToken).ConfigureAwait(false);
            if (plans is null)
                continue;
            LazyForms.Decide(agent, uses, makers, plans);
            if (plans.FirstOrDefault(plan => plan.Form == LazyForm.Static && plan.Released.Count > 0) is { } released)
            {
                Drop(draft, targets, released.Target, $"{released.Member.Name} is shared by static code, and the agent releases it");
                continue;
            }

            var names = new LazyNames(uses);
            foreach (var plan in plans)
                names.Name(plan);
            if (new LazyWriter(agent, uses, plans).Write(draft))
                return;
            var broken = plans.FirstOrDefault(plan => !new LazyWriter(agent, uses, [plan]).Write(new AgentDraft(agent))) ?? plans[plans.Count - 1];
            Drop(draft, targets, broken.Target, $"a comment or directive stands within what {broken.Member.Name} is loaded by: move it first");
        }
    }

    private static Dictionary<ISymbol, LoadTarget> Targets(AgentCode agent, AgentDraft draft, MemberUses uses, List<Evidence> found)
    {
        var finder = new LoadTargets(agent, uses);
        var targets = new Dictionary<ISymbol, LoadTarget>(SymbolEqualityComparer.Default);
        foreach (var evidence in found)
        {
            if (finder.Of(evidence) is not { } member)
                draft.Refuse(evidence, $"{evidence.MessageArguments[1]} is loaded, but kept in no field or property of its own");
            else if (targets.TryGetValue(member, out var target))
                target.Evidence.Add(evidence);
            else
                targets[member] = new LoadTarget(member, [evidence], null);
        }

        return targets;
    }

    /// <returns>The plans; <see langword="null"/> where the targets had to be changed.</returns>
    private static async Task<List<LazyPlan>?> PlanAsync(AgentCode agent, AgentDraft draft, LazyPlanner planner, Dictionary<ISymbol, LoadTarget> targets, CancellationToken cancellationToken)
    {
        var plans = new List<LazyPlan>();
        foreach (var target in targets.Values.OrderBy(target => target.Member.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(target => target.Member.Locations[0].SourceSpan.Start))
        {
            var (plan, reason) = await planner.PlanAsync(target, cancellationToken).ConfigureAwait(false);
            if (reason is not null)
            {
                Drop(draft, targets, target, reason);
                return null;
            }

            if (planner.Derived.Count > 0)
            {
                foreach (var derived in planner.Derived)
                    targets[derived.Member] = derived;
                return null;
            }

            plans.Add(plan!);
        }

        // A statement goes into one load only.
        var moved = new HashSet<SyntaxNode>();
        foreach (var plan in plans)
        {
            if (plan.Moved.Any(statement => !moved.Add(statement)))
            {
                Drop(draft, targets, plan.Target, $"the constructor goes on to use {plan.Member.Name} together with what else it loads");
                return null;
            }
        }

        return plans;
    }

    /// <summary>Leaves a load as it is, with all that is made from it.</summary>
    private static void Drop(AgentDraft draft, Dictionary<ISymbol, LoadTarget> targets, LoadTarget target, string reason)
    {
        var root = target.Root;
        foreach (var evidence in root.Evidence)
            draft.Refuse(evidence, reason);
        foreach (var member in targets.Values.Where(other => other.Root == root).Select(other => other.Member).ToList())
            targets.Remove(member);
    }
}
