using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>Plans together how all that an agent loads early becomes lazy: a member that is made from another is lazy with it, or neither is.</summary>
internal sealed class LoadPlanning
{
    private readonly TypeFacts agent;
    private readonly Construction construction;
    private readonly Releases releases;
    private readonly LoadTargetSet targets = new();
    private readonly Dictionary<SyntaxNode, string> obstacles = [];

    /// <param name="agent">The agent.</param>
    /// <param name="isOnRuntime">Whether it derives from BaseAgent, so that its methods are what they will be.</param>
    /// <param name="loads">The calls and constructions that load, with what people call that.</param>
    /// <param name="cancellationToken">Stops the reading of its code.</param>
    public LoadPlanning(TypeFacts agent, bool isOnRuntime, IEnumerable<(SyntaxNode Load, string Display)> loads, CancellationToken cancellationToken)
    {
        this.agent = agent;
        Uses = new MemberUses(agent, cancellationToken);
        construction = new Construction(agent, Uses);
        releases = new Releases(agent, isOnRuntime);
        var finder = new LoadTargets(agent, Uses);
        foreach (var (load, display) in loads)
        {
            if (finder.Of(load) is not { } member)
                obstacles[load] = $"{display} is loaded, but kept in no field or property of its own";
            else if (targets.Of(member) is { } target)
                target.Loads.Add(load);
            else
                targets.Add(new LoadTarget(member, [load], null));
        }
    }

    public MemberUses Uses { get; }

    /// <summary>The loads that stay, and why.</summary>
    public IReadOnlyDictionary<SyntaxNode, string> Obstacles => obstacles;

    /// <summary>Plans for all that nothing is known against; what something is known against joins <see cref="Obstacles"/>.</summary>
    public IReadOnlyList<LazyPlan> Plan()
    {
        List<LazyPlan>? plans = null;
        while (plans is null)
            plans = TryPlan();
        return plans;
    }

    /// <summary>Leaves a load as it is, with all that is made from it.</summary>
    public void Drop(LoadTarget target, string reason)
    {
        var root = target.Root;
        foreach (var load in root.Loads)
            obstacles[load] = reason;
        targets.RemoveAllFrom(root);
    }

    /// <summary>Whether code at a place runs while the agent is made.</summary>
    public bool IsEarly(SyntaxNode node) => construction.IsEarly(node);

    /// <summary>Why a statement that runs when the agent starts cannot run at the end of a load; <see langword="null"/> where it can.</summary>
    public string? WhyNotIn(LazyPlan plan, StatementSyntax statement, Func<ISymbol, bool> isSettled) =>
        new InputReader(agent, Uses, construction, targets.Contains, plan) { IsSettled = isSettled }.Read([statement]);

    /// <returns>The plans; <see langword="null"/> where the targets had to be changed.</returns>
    private List<LazyPlan>? TryPlan()
    {
        var planner = new LazyPlanner(agent, Uses, construction, releases, targets);
        var plans = new List<LazyPlan>();
        foreach (var target in targets.InOrder)
        {
            var (plan, reason) = planner.Plan(target);
            if (reason is not null)
            {
                Drop(target, reason);
                return null;
            }

            if (planner.Derived.Count > 0)
            {
                foreach (var derived in planner.Derived)
                    targets.Add(derived);
                return null;
            }

            // It has become a part of the load that it is taken from.
            if (plan is null)
                return null;
            plans.Add(plan);
        }

        // A statement goes into one load only.
        var moved = new HashSet<SyntaxNode>();
        foreach (var plan in plans)
        {
            if (plan.Moved.Any(statement => !moved.Add(statement)))
            {
                Drop(plan.Target, $"the constructor goes on to use {plan.Member.Name} together with what else it loads");
                return null;
            }
        }

        if (LoadCycles.FirstIn(agent, plans) is { } waiting)
        {
            Drop(waiting.Target, $"{waiting.Member.Name} is loaded with something that is loaded with it");
            return null;
        }

        return plans;
    }
}
