using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>Plans how a field or property is filled when it is first used, or says why that would not be the same.</summary>
internal sealed class LazyPlanner(TypeFacts agent, MemberUses uses, Construction construction, Releases releases, LoadTargetSet targets)
{
    private readonly EarlyUses early = new(agent, uses, construction, releases, targets.Contains, targets.IsTaken);

    /// <summary>Members that are made from a target while the agent is constructed, so that they must become lazy with it.</summary>
    public List<LoadTarget> Derived => early.Derived;

    /// <summary>Plans what only makes a library load its native part; statements that go into loads of their own do not keep it.</summary>
    public LazyPlan? PlanTouch(LoadTarget target, ICollection<StatementSyntax> moved)
    {
        early.GoesElsewhere = moved.Contains;
        var (plan, _) = Plan(target);
        early.GoesElsewhere = static _ => false;
        if (Derived.Count == 0)
            return plan;
        Derived.Clear();
        return null;
    }

    public (LazyPlan? Plan, string? Reason) Plan(LoadTarget target)
    {
        var member = target.Member;
        if (Shapes.Obstacle(agent, target) is { } shape)
            return (null, shape);
        if (uses.IsNamedOutOfReach(member))
            return (null, $"code that is generated or not compiled here names {member.Name}");
        var (plan, reason) = Found(target);
        if (plan is null)
            return (null, reason);
        if (plan.Assigning is { } assigning && construction.WhyNotOnce(assigning, member.Name) is { } unsure)
            return (null, unsure);
        if (uses.Of(member).Any(IsPromised))
            return (null, $"an attribute promises that {member.Name} is set by a method that does more than that");
        reason = early.Gather(plan);
        if (reason is not null || Derived.Count > 0)
            return (null, reason);
        plan.Form = IsPartOfAnother(plan) ? LazyForm.Getter : member.IsStatic ? LazyForm.Static : LazyForm.Member;
        if (plan.Form == LazyForm.Getter)
            return (plan, null);
        if (target.From is { } from && (target.Type.IsValueType || target.Type.SpecialType == SpecialType.System_String))
            return (null, Take(plan, from) ? null : $"{member.Name} keeps what was so while the agent was constructed");
        reason = MayBeNull(plan) ?? MovedStatements.WhyNot(agent, plan, targets.Contains) ?? new InputReader(agent, uses, construction, targets.Contains, plan).Read(plan.Code) ?? Captures.Keep(agent, uses, plan);
        return reason is null ? (plan, null) : (null, reason);
    }

    /// <summary>The reason to leave a member that its load may leave empty.</summary>
    public static string NullAfter(ISymbol member) => $"{member.Name} may be null after its load";

    // A number that is taken from what is loaded is taken by its load, when it is what it was.
    private bool Take(LazyPlan plan, LoadTarget from)
    {
        if (from.Member.IsStatic || plan.Assigning is not StatementSyntax statement || !new Companions(agent, uses, releases).IsTaken(plan.Member, statement))
            return false;
        targets.Take(plan.Member);
        return true;
    }

    /// <summary>How a member is filled, where one place does that.</summary>
    public (LazyPlan? Plan, string? Reason) Found(LoadTarget target)
    {
        var member = target.Member;
        var writes = new List<MemberUse>();
        var released = new List<SyntaxNode>();
        foreach (var use in uses.Of(member))
        {
            if (use.IsByReference)
                return (null, $"{member.Name} is handed on by reference");
            if (use.Assignment is null && !Releases.IsRelease(use))
                continue;
            if (!construction.IsEarly(use.Name) && releases.IsAtEnd(use.Name) && Releases.StatementOf(use) is { } statement)
                released.Add(statement);
            else if (use.Assignment is null)
                return (null, $"{member.Name} is released before the agent ends, or together with something else");
            else
                writes.Add(use);
        }

        var initialiser = InitialiserOf(member);
        if (initialiser is not null && IsNothing(initialiser))
            initialiser = null;
        if (writes.Count + (initialiser is null ? 0 : 1) != 1 || writes.Any(write => !write.Assignment!.IsKind(SyntaxKind.SimpleAssignmentExpression)))
            return (null, $"{member.Name} is assigned again");
        var plan = initialiser is not null
            ? new LazyPlan(target, initialiser)
            : new LazyPlan(target, writes[0].Assignment!.Right) { Assigning = writes[0].Assignment!.Parent };
        if (plan.Assigning is StatementSyntax assigning)
            plan.Moved.Add(assigning);
        plan.Released.AddRange(released.Distinct());
        return (plan, null);
    }

    // [MemberNotNull(nameof(_table))] on a method that stays is a warning once the method no longer sets it.
    private static bool IsPromised(MemberUse use) =>
        use.Name.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && attribute.Name.ToString().Contains("MemberNotNull")
        && attribute.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not MethodDeclarationSyntax { Body: null or { Statements.Count: 1 } };

    /// <summary>The value is a part of another one that never changes: <c>_size = _terrain.Size</c>.</summary>
    private bool IsPartOfAnother(LazyPlan plan)
    {
        if (plan.Target.From is not { } from || !plan.IsExpression || plan.Member is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private })
            return false;
        return plan.Value is MemberAccessExpressionSyntax access
            && agent.ModelOf(access).GetSymbolInfo(access.Expression).Symbol is { } owner && Same(owner.OriginalDefinition, from.Member)
            && agent.ModelOf(access).GetSymbolInfo(access).Symbol is { } part
            && (part is IFieldSymbol { IsReadOnly: true }
                || (part is IPropertySymbol { Name: "Length" } && (from.Type.TypeKind == TypeKind.Array || from.Type.SpecialType == SpecialType.System_String))
                || (part is IPropertySymbol { SetMethod: null } && part.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } accessors } && accessors.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null))));
    }

    public string? MayBeNull(LazyPlan plan)
    {
        var model = agent.ModelOf(plan.Value);
        var isDeclared = plan.Value is InvocationExpressionSyntax call && model.GetNullableContext(call.SpanStart).WarningsEnabled()
            && model.GetSymbolInfo(call).Symbol is IMethodSymbol { ReturnType.IsReferenceType: true, ReturnNullableAnnotation: NullableAnnotation.Annotated } method && method.GetReturnTypeAttributes().IsEmpty;
        return isDeclared || plan.Value.IsKind(SyntaxKind.NullLiteralExpression) || plan.Value is ConditionalAccessExpressionSyntax ? NullAfter(plan.Member) : null;
    }

    /// <summary>What a field or property begins with.</summary>
    public static ExpressionSyntax? InitialiserOf(ISymbol member) => member.DeclaringSyntaxReferences[0].GetSyntax() switch
    {
        VariableDeclaratorSyntax variable => variable.Initializer?.Value,
        PropertyDeclarationSyntax property => property.Initializer?.Value,
        _ => null,
    };

    /// <summary>The value only says that there is none yet.</summary>
    public static bool IsNothing(ExpressionSyntax value) => value switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } certain => IsNothing(certain.Operand),
        DefaultExpressionSyntax => true,
        _ => value.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression,
    };

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}
