using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads.Aftermath;

/// <summary>
/// Plans loads that the constructor goes on to do more with than a load of their own can hold: books that it keeps, entries that it fills. All of it, from the first
/// load on, is done together when it is first needed, and whatever sees or changes any of it waits for it. Only for an agent on the runtime, where it is known what
/// runs while the agent starts.
/// </summary>
internal sealed class AftermathPlanner
{
    // More of them than a reader would want to see.
    private const int MostGates = 6;

    private static readonly string[] StartPhases = ["OnStartingAsync", "OnStartedAsync"];

    private readonly TypeFacts agent;
    private readonly MemberUses uses;
    private readonly Construction construction;
    private readonly EffectReader reader;
    private readonly Functions functions;
    private readonly KnownState state;

    public AftermathPlanner(TypeFacts agent, MemberUses uses, Construction construction)
    {
        this.agent = agent;
        this.uses = uses;
        this.construction = construction;
        reader = new EffectReader(agent, uses);
        functions = new Functions(agent, uses, reader);
        state = new KnownState(agent, uses, functions, reader.IsOwn);
    }

    /// <summary>Plans the loads together.</summary>
    /// <param name="loads">How each of them is filled now; none is static.</param>
    /// <param name="touches">Statements that make a library load its native part, which go along.</param>
    /// <param name="others">What is lazy already.</param>
    /// <returns>The plan, of the member that is loaded first; <see langword="null"/> where it would not be the same.</returns>
    public LazyPlan? Plan(IReadOnlyList<LazyPlan> loads, IReadOnlyCollection<StatementSyntax> touches, IReadOnlyList<LazyPlan> others)
    {
        if (!state.HasKnownBases)
            return null;
        var statements = loads.Select(load => load.Assigning).OfType<StatementSyntax>().ToList();
        if (loads.Count(load => load.Assigning is null) > 1 || loads.Any(load => load.Assigning is ArrowExpressionClauseSyntax))
            return null;
        var plan = loads.FirstOrDefault(load => load.Assigning is null);
        var seeds = plan is null ? statements : [.. statements, .. uses.Of(plan.Member).Select(StatementOf).OfType<StatementSyntax>()];
        if (seeds.Count == 0 || seeds.Any(statement => construction.WhyNotOnce(statement, string.Empty) is not null))
            return null;
        var order = new EarlyOrder(agent, uses, seeds[0]);
        if (seeds.Any(statement => order.IndexOf(statement) < 0) || !IsWholeConstructor(order))
            return null;
        plan ??= loads.OrderBy(load => order.IndexOf((StatementSyntax)load.Assigning!)).First();
        plan.Order = order;
        plan.Moved.Clear();
        plan.Moved.AddRange(seeds.Concat(touches.Where(touch => order.IndexOf(touch) >= 0)).Distinct());
        return Complete(plan, others) && ShapesHold(plan, others) ? plan : null;
    }

    private StatementSyntax? StatementOf(MemberUse use) => construction.IsEarly(use.Name)
        ? use.Name.AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(statement => Construction.FunctionOf(statement) is not null)
        : null;

    // The order is that of the only constructor, whose end is reached.
    private bool IsWholeConstructor(EarlyOrder order) =>
        agent.Type.InstanceConstructors is [{ DeclaringSyntaxReferences: [var only] }]
        && only.GetSyntax() is ConstructorDeclarationSyntax { Body: { } body } constructor
        && order.Whole == constructor
        && !body.Statements.Any(Construction.Leaves);

    // Adds the statements of the constructor that see what the work does, until no other is left; then finds where the rest of the agent waits for it.
    private bool Complete(LazyPlan plan, IReadOnlyList<LazyPlan> others)
    {
        var order = plan.Order!;
        while (true)
        {
            MovedStatements.AddLocals(agent, plan, member => others.Any(other => other.Sets(member)));
            var (work, called) = functions.Whole(plan.Code.Select(reader.Of));
            work.Written.Add(plan.Member);
            reader.Aliases.Widen(work);
            if (work.MustStay)
                return false;
            var first = plan.Moved.Min(statement => order.IndexOf(statement));
            var after = order.Statements.Where(statement => order.IndexOf(statement) > first && !plan.Moved.Contains(statement) && !others.Any(other => other.Moved.Contains(statement))).ToList();
            if (after.FirstOrDefault(statement => MovedStatements.UsesLocalsOf(agent, plan, statement) || functions.Whole([reader.Of(statement)]).Effects.ClashWith(work) is not null) is { } along)
            {
                plan.Moved.Add(along);
                continue;
            }

            return WaitFor(plan, work, called, after, others);
        }
    }

    private bool WaitFor(LazyPlan plan, Effects work, HashSet<IMethodSymbol> called, IEnumerable<StatementSyntax> after, IReadOnlyList<LazyPlan> others)
    {
        if (!state.Covers(work) || called.Any(function => uses.Of(plan.Member).Any(use => functions.Around(use.Name) is { } around && Same(around, function))))
            return false;
        var phases = StartPhases.SelectMany(name => agent.Type.GetMembers(name)).OfType<IMethodSymbol>().Where(phase => phase.IsOverride).ToList();
        var atStart = functions.Whole(phases.Select(functions.Of));
        if (atStart.Effects.ClashWith(work) is not null || others.Any(other => functions.Whole(other.Code.Select(reader.Of)).Effects.ClashWith(work) is not null))
            return false;
        var before = plan.Order!.Statements.Where(statement => !plan.Moved.Contains(statement)).ToList();
        var stays = functions.Whole(before.Select(reader.Of)).Called.SelectMany(functions.BodiesOf).Concat(before);
        if (stays.SelectMany(code => code.DescendantNodes()).Any(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax && functions.Whole([reader.Of(node)], isLaterToo: true).Effects.ClashWith(work) is not null))
            return false;
        var early = functions.Whole(plan.Order.Statements.Select(reader.Of)).Called;
        early.UnionWith(atStart.Called);
        var gates = new Gates(functions, uses, place => plan.Order.Statements.Any(statement => statement.SyntaxTree == place.SyntaxTree && statement.Span.Contains(place.Span) && !IsInFunctionOf(statement, place)));

        // Whoever only asks for the member waits for it by that.
        work.Written.Remove(plan.Member);
        if (!gates.TryFind(work, called, early) || gates.Needing.Overlaps(phases) || gates.Methods.Count > MostGates)
            return false;
        plan.Gates.AddRange(gates.Methods);

        // Whoever waits must not hold what the work waits for.
        var entered = new HashSet<IMethodSymbol>(gates.Methods.Select(method => agent.ModelOf(method).GetDeclaredSymbol(method)!), SymbolEqualityComparer.Default);
        if (entered.Any(IsHandedOnEarly))
            return false;
        return functions.All.Where(function => functions.Of(function).Locked.Overlaps(work.Locked)).All(function =>
            functions.Whole([functions.Of(function)], isLaterToo: true) is var (effects, callees) && !effects.CallsOut && !callees.Overlaps(entered) && (gates.Needing.Contains(function) || !effects.Read.Contains(plan.Member)));
    }

    // It may be at work, and waited for, before the load.
    private bool IsHandedOnEarly(IMethodSymbol method) => uses.Of(method).Any(use => !use.IsNameOnly && use.Expression.Parent is not InvocationExpressionSyntax && construction.IsEarly(use.Name));

    // A lambda or local function of the statement runs later.
    private static bool IsInFunctionOf(StatementSyntax statement, SyntaxNode place) =>
        place.Ancestors().TakeWhile(around => around != statement).Any(around => around is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    private bool ShapesHold(LazyPlan plan, IReadOnlyList<LazyPlan> others)
    {
        if (plan.Moved.Any(statement => others.Any(other => other.Moved.Contains(statement)) || !MovedStatements.IsMovable(statement)))
            return false;
        plan.Order!.Sort(plan.Moved);
        foreach (var field in plan.Moved.Concat<SyntaxNode>([plan.Value]).SelectMany(code => code.DescendantNodes()).OfType<AssignmentExpressionSyntax>()
            .Select(assignment => agent.ModelOf(assignment).GetSymbolInfo(assignment.Left).Symbol).OfType<IFieldSymbol>().Where(field => reader.IsOwn(field) && !Same(field, plan.Member)).Distinct<IFieldSymbol>(SymbolEqualityComparer.Default))
        {
            if (field.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax { Declaration.Variables.Count: 1 } })
                return false;
            if (Same(field.ContainingType, agent.Type))
                plan.SetFields.Add(field);
        }

        plan.RunsOnce = true;
        plan.Inputs.NeedsAgent = true;
        ReadParameters(plan);
        return MovedStatements.MixesNames(agent, plan) is null && Captures.Keep(agent, uses, plan) is null;
    }

    private void ReadParameters(LazyPlan plan)
    {
        foreach (var name in plan.Moved.SelectMany(statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>())
        {
            if (agent.ModelOf(name).GetSymbolInfo(name).Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: not (MethodKind.AnonymousFunction or MethodKind.LocalFunction) } } parameter)
                plan.Inputs.Outer[parameter] = name;
        }
    }

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}
