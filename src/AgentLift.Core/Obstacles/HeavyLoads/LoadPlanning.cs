using AgentLift.Core.Catalogue;
using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Obstacles.HeavyLoads.Aftermath;
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
    private readonly LibraryTouches touches;
    private readonly List<LoadTarget> left = [];
    private readonly HashSet<SyntaxNode> putOff = [];
    private AftermathPlanner? aftermath;
    private bool mayPutOffAftermath;

    /// <param name="agent">The agent.</param>
    /// <param name="isOnRuntime">Whether it derives from BaseAgent, so that its methods are what they will be.</param>
    /// <param name="loads">The calls and constructions that load, with what people call that.</param>
    /// <param name="cancellationToken">Stops the reading of its code.</param>
    public LoadPlanning(TypeFacts agent, bool isOnRuntime, IEnumerable<(SyntaxNode Load, string Display)> loads, CancellationToken cancellationToken)
    {
        this.agent = agent;
        mayPutOffAftermath = isOnRuntime;
        Uses = new MemberUses(agent, cancellationToken);
        construction = new Construction(agent, Uses);
        releases = new Releases(agent, isOnRuntime);
        touches = new LibraryTouches(agent, Uses, construction);
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
    public IReadOnlyDictionary<SyntaxNode, string> Obstacles => obstacles.Where(obstacle => !putOff.Contains(obstacle.Key)).ToDictionary(obstacle => obstacle.Key, obstacle => obstacle.Value);

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
        mayPutOffAftermath &= !left.Contains(root);
        left.Add(root);
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
        var moved = new HashSet<StatementSyntax>();
        foreach (var plan in plans)
        {
            if (plan.Moved.Any(statement => !moved.Add(statement)))
            {
                Drop(plan.Target, $"the constructor goes on to use {plan.Member.Name} together with what else it loads");
                return null;
            }
        }

        AddTouches(planner, plans, moved);
        if (PutOffAftermath(planner, plans) is { } put)
            plans.Add(put);
        return plans;
    }

    // What touches a library stays where no load of it becomes lazy, and where it is set by a load anyway.
    private void AddTouches(LazyPlanner planner, List<LazyPlan> plans, HashSet<StatementSyntax> moved)
    {
        foreach (var member in touches.Of(LibrariesOf(plans.Select(plan => plan.Target))).Where(member => !targets.Contains(member) && !plans.Any(plan => plan.Sets(member))).ToList())
        {
            if (planner.PlanTouch(new LoadTarget(member, [], null), moved) is not { } plan || plan.Moved.Any(statement => moved.Contains(statement) || (statement != plan.Assigning && !IsLogLine(statement))))
                continue;
            moved.UnionWith(plan.Moved);
            plans.Add(plan);
        }
    }

    private bool IsLogLine(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } && agent.ModelOf(call).GetSymbolInfo(call).Symbol is IMethodSymbol method
        && (method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "LoggerMessageAttribute") || agent.Knowledge.Known(method.ContainingType) == KnownType.Console);

    private HashSet<HeavyDependency> LibrariesOf(IEnumerable<LoadTarget> loaded) => [.. loaded.SelectMany(target => target.Loads).Select(touches.LibraryOf).OfType<HeavyDependency>()];

    /// <summary>What is left may be lazy together with all that the constructor goes on to do with it.</summary>
    private LazyPlan? PutOffAftermath(LazyPlanner planner, IReadOnlyList<LazyPlan> plans)
    {
        putOff.Clear();
        if (!mayPutOffAftermath || left.Where(target => target.From is null && !target.Member.IsStatic).ToList() is not { Count: > 0 } loads)
            return null;
        var found = loads.Select(target => planner.Found(target).Plan).OfType<LazyPlan>().ToList();
        if (found.Count < loads.Count)
            return null;
        aftermath ??= new AftermathPlanner(agent, Uses, construction);
        var touching = touches.Of(LibrariesOf(loads)).Where(member => !plans.Any(plan => plan.Sets(member)))
            .SelectMany(member => Uses.Of(member)).Where(use => use.Assignment is not null && construction.IsEarly(use.Name)).Select(use => use.Name.FirstAncestorOrSelf<StatementSyntax>()).OfType<StatementSyntax>().ToList();
        var plan = aftermath.Plan(found, touching, plans);
        if (plan is null || Shapes.Obstacle(agent, plan.Target) is not null || planner.MayBeNull(plan) is not null)
            return null;
        putOff.UnionWith(loads.SelectMany(target => target.Loads));
        return plan;
    }
}
