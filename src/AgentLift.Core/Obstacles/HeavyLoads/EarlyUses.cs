using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>
/// Sees to it that nothing uses what is loaded while the agent is constructed: what does goes into the load, or becomes lazy too. A field that goes with it is set
/// by the load, and what uses that field goes along as well.
/// </summary>
internal sealed class EarlyUses(TypeFacts agent, MemberUses uses, Construction construction, Releases releases, Func<ISymbol, bool> isLazy, Func<ISymbol, bool> isTaken)
{
    private readonly Companions companions = new(agent, uses, releases);

    /// <summary>Members that are made from a target while the agent is constructed, so that they must become lazy with it.</summary>
    public List<LoadTarget> Derived { get; } = [];

    /// <summary>Whether a statement goes into another load anyway.</summary>
    public Func<StatementSyntax, bool> GoesElsewhere { get; set; } = static _ => false;

    /// <summary>Completes what goes into the load of a member.</summary>
    /// <returns>Why that cannot be; <see langword="null"/> where it can.</returns>
    public string? Gather(LazyPlan plan)
    {
        if (plan.Assigning is StatementSyntax assigning)
            plan.Order = new EarlyOrder(agent, uses, assigning);
        var reason = Follow(plan, plan.Member);
        for (var size = -1; reason is null && Derived.Count == 0 && size != Size(plan);)
        {
            size = Size(plan);
            MovedStatements.AddLocals(agent, plan, isLazy);
            reason = FollowCompanions(plan);
        }

        return reason ?? (Derived.Count == 0 ? plan.Companions.Select(companion => Unset(plan, companion)).FirstOrDefault(unset => unset is not null) : null);
    }

    private static int Size(LazyPlan plan) => plan.Moved.Count + plan.Companions.Count;

    private string? FollowCompanions(LazyPlan plan)
    {
        if (plan.Member.IsStatic)
            return null;
        foreach (var touched in plan.Moved.Where(statement => statement != plan.Assigning).ToList().SelectMany(statement => new StatementReach(agent, plan.Member, isLazy).Touched(statement)).Distinct<ISymbol>(SymbolEqualityComparer.Default).ToList())
        {
            if (isLazy(touched) || plan.IsCompanion(touched) || companions.Of(touched) is not { } companion)
                continue;
            plan.Companions.Add(companion);
            if (Follow(plan, touched) is { } reason)
                return reason;
        }

        return null;
    }

    // A field that something else sets too would not be what it is for those who read it.
    private string? Unset(LazyPlan plan, Companion companion) =>
        uses.Of(companion.Field).All(use => use.IsNameOnly || use.Assignment is null || plan.Moved.Any(statement => statement.Contains(use.Name)))
            ? null
            : MovedStatements.Together(plan, companion.Field);

    private string? Follow(LazyPlan plan, ISymbol member)
    {
        var isCompanion = !Same(member, plan.Member);
        foreach (var use in uses.Of(member).Where(use => (isCompanion || use.Assignment is null) && !use.IsNameOnly && !plan.Released.Any(released => released.Contains(use.Name))))
        {
            if (!isCompanion && IsNullCheck(use) && construction.StartsWork)
                return $"{member.Name} is compared with null, and the constructor starts work that may ask before it is loaded";
            if (!isCompanion && releases.IsAtEnd(use.Name) && IsDisposable(plan.Target.Type))
                return $"{member.Name} is used while the agent ends, when it may never have been loaded";
            if (!construction.IsEarly(use.Name))
                continue;
            var statement = use.Name.AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(ancestor => Construction.FunctionOf(ancestor) is not null);
            if (statement is not null && (GoesElsewhere(statement) || (plan.Moved.Contains(statement) && statement != plan.Assigning)))
                continue;
            if (MadeBy(use, statement) is { } other && !Same(other, member) && !plan.IsCompanion(other) && !(statement is not null && isTaken(other)))
            {
                if (!isLazy(other))
                    Derived.Add(new LoadTarget(other, [], plan.Target));
                continue;
            }

            if (!IsMovable(plan, statement))
                return isCompanion ? MovedStatements.Together(plan, member) : Used(use, member);
            plan.Moved.Add(statement!);
        }

        return null;
    }

    private bool IsMovable(LazyPlan plan, StatementSyntax? statement)
    {
        if (statement is null || statement == plan.Assigning)
            return false;
        if (plan.Assigning is not null)
            return plan.Order?.IndexOf(statement) is { } place && place > plan.Order.IndexOf((StatementSyntax)plan.Assigning);
        if (construction.WhyNotOnce(statement, plan.Member.Name) is not null)
            return false;
        plan.Order ??= new EarlyOrder(agent, uses, statement);
        return plan.Order.IndexOf(statement) >= 0;
    }

    private string Used(MemberUse use, ISymbol member)
    {
        var function = use.Name.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } declaration && agent.ModelOf(declaration).GetDeclaredSymbol(declaration) is IMethodSymbol { MethodKind: MethodKind.Ordinary } method
            ? method.Name
            : "the constructor";
        return $"{function} goes on to use {member.Name} while the agent is constructed, which would load it at once";
    }

    /// <summary>The other member that is made where a value is used: <c>_scorer = new Scorer(_table)</c>, or a collection that is filled from it.</summary>
    private ISymbol? MadeBy(MemberUse use, StatementSyntax? statement)
    {
        if (statement is null)
            return use.Name.FirstAncestorOrSelf<MemberDeclarationSyntax>() is FieldDeclarationSyntax { Declaration.Variables.Count: 1 } field ? agent.ModelOf(field).GetDeclaredSymbol(field.Declaration.Variables[0]) : null;
        if (AssignedBy(statement) is { } assigned)
            return assigned;
        return new StatementReach(agent, use.Name, isLazy).Filled(statement) is { } filled && uses.Of(filled).All(other => other.Assignment is null && !other.IsByReference) && LazyPlanner.InitialiserOf(filled) is not null ? filled : null;
    }

    private ISymbol? AssignedBy(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment }
        && agent.ModelOf(statement).GetSymbolInfo(assignment.Left).Symbol is IFieldSymbol or IPropertySymbol { IsIndexer: false }
        && agent.ModelOf(statement).GetSymbolInfo(assignment.Left).Symbol is { } symbol
        && Same(symbol.ContainingType.OriginalDefinition, agent.Type)
            ? symbol.OriginalDefinition
            : null;

    private static bool IsNullCheck(MemberUse use) => use.Value.Parent switch
    {
        BinaryExpressionSyntax binary => binary.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression && (binary.Left.IsKind(SyntaxKind.NullLiteralExpression) || binary.Right.IsKind(SyntaxKind.NullLiteralExpression)),
        IsPatternExpressionSyntax or ConditionalAccessExpressionSyntax => true,
        _ => false,
    };

    private static bool IsDisposable(ITypeSymbol type) => type.AllInterfaces.Any(contract => contract.Name is "IDisposable" or "IAsyncDisposable");

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}
