using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>Plans how a field or property is filled when it is first used, or says why that would not be the same.</summary>
internal sealed class LazyPlanner(TypeFacts agent, MemberUses uses, Construction construction, Releases releases, Dictionary<ISymbol, LoadTarget> targets)
{
    /// <summary>Members that are made from a target while the agent is constructed, so that they must become lazy with it.</summary>
    public List<LoadTarget> Derived { get; } = [];

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
        reason = ReadUses(plan);
        if (reason is not null)
            return (null, reason);
        plan.Form = IsPartOfAnother(plan) ? LazyForm.Getter : member.IsStatic ? LazyForm.Static : LazyForm.Member;
        if (plan.Form == LazyForm.Getter)
            return (plan, null);
        if (target.From is not null && (target.Type.IsValueType || target.Type.SpecialType == SpecialType.System_String))
            return (null, $"{member.Name} keeps what was so while the agent was constructed");
        reason = MayBeNull(plan) ?? MovedStatements.Complete(agent, plan, targets.ContainsKey) ?? new InputReader(agent, uses, construction, targets.ContainsKey).Read(CodeOf(plan), target, plan.Inputs) ?? Captures.Keep(agent, uses, plan);
        return reason is null ? (plan, null) : (null, reason);
    }

    /// <summary>The reason to leave a member that its load may leave empty.</summary>
    public static string NullAfter(ISymbol member) => $"{member.Name} may be null after its load";

    private static IEnumerable<SyntaxNode> CodeOf(LazyPlan plan) => plan.Moved.Count == 0 ? [plan.Value] : plan.Moved.Contains(plan.Assigning) ? plan.Moved : plan.Moved.Prepend<SyntaxNode>(plan.Value);

    private (LazyPlan? Plan, string? Reason) Found(LoadTarget target)
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

    /// <summary>Sees to it that nothing uses the value while the agent is constructed: what does goes into the load, or becomes lazy too.</summary>
    private string? ReadUses(LazyPlan plan)
    {
        var member = plan.Member;
        foreach (var use in uses.Of(member).Where(use => use.Assignment is null && !use.IsNameOnly && !plan.Released.Any(released => released.Contains(use.Name))))
        {
            if (IsNullCheck(use) && construction.StartsWork)
                return $"{member.Name} is compared with null, and the constructor starts work that may ask before it is loaded";
            if (releases.IsAtEnd(use.Name) && IsDisposable(plan.Target.Type))
                return $"{member.Name} is used while the agent ends, when it may never have been loaded";
            if (!construction.IsEarly(use.Name))
                continue;
            var statement = use.Name.AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(ancestor => Construction.FunctionOf(ancestor) is not null);
            if (MadeBy(use, statement) is { } other && !Same(other, member))
            {
                if (!targets.ContainsKey(other))
                    Derived.Add(new LoadTarget(other, [], plan.Target));
                continue;
            }

            if (statement is null || plan.Assigning == statement)
                return Used(use, member);

            if (plan.Assigning is not null && statement.Parent != plan.Assigning.Parent)
                return Used(use, member);
            if (plan.Moved.Count > 0 && plan.Moved[0].Parent != statement.Parent)
                return Used(use, member);
            if (plan.Moved.Count > 0 && plan.Assigning is not null && statement.SpanStart < plan.Moved[0].SpanStart)
                return Used(use, member);
            if (plan.Assigning is null && construction.WhyNotOnce(statement, member.Name) is not null)
                return Used(use, member);
            if (!plan.Moved.Contains(statement))
                plan.Moved.Add(statement);
        }

        return null;
    }

    // [MemberNotNull(nameof(_table))] on a method that stays is a warning once the method no longer sets it.
    private static bool IsPromised(MemberUse use) =>
        use.Name.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && attribute.Name.ToString().Contains("MemberNotNull")
        && attribute.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not MethodDeclarationSyntax { Body: null or { Statements.Count: 1 } };

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
        return new StatementReach(agent, use.Name, targets.ContainsKey).Filled(statement) is { } filled && uses.Of(filled).All(other => other.Assignment is null && !other.IsByReference) && InitialiserOf(filled) is not null ? filled : null;
    }

    private ISymbol? AssignedBy(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment }
        && agent.ModelOf(statement).GetSymbolInfo(assignment.Left).Symbol is IFieldSymbol or IPropertySymbol { IsIndexer: false }
        && agent.ModelOf(statement).GetSymbolInfo(assignment.Left).Symbol is { } symbol
        && Same(symbol.ContainingType.OriginalDefinition, agent.Type)
            ? symbol.OriginalDefinition
            : null;

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

    private string? MayBeNull(LazyPlan plan)
    {
        var model = agent.ModelOf(plan.Value);
        var isDeclared = plan.Value is InvocationExpressionSyntax call && model.GetNullableContext(call.SpanStart).WarningsEnabled()
            && model.GetSymbolInfo(call).Symbol is IMethodSymbol { ReturnType.IsReferenceType: true, ReturnNullableAnnotation: NullableAnnotation.Annotated } method && method.GetReturnTypeAttributes().IsEmpty;
        return isDeclared || plan.Value.IsKind(SyntaxKind.NullLiteralExpression) || plan.Value is ConditionalAccessExpressionSyntax ? NullAfter(plan.Member) : null;
    }

    private static bool IsNullCheck(MemberUse use) => use.Value.Parent switch
    {
        BinaryExpressionSyntax binary => binary.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression && (binary.Left.IsKind(SyntaxKind.NullLiteralExpression) || binary.Right.IsKind(SyntaxKind.NullLiteralExpression)),
        IsPatternExpressionSyntax or ConditionalAccessExpressionSyntax => true,
        _ => false,
    };

    private static ExpressionSyntax? InitialiserOf(ISymbol member) => member.DeclaringSyntaxReferences[0].GetSyntax() switch
    {
        VariableDeclaratorSyntax variable => variable.Initializer?.Value,
        PropertyDeclarationSyntax property => property.Initializer?.Value,
        _ => null,
    };

    private static bool IsNothing(ExpressionSyntax value) => value switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } certain => IsNothing(certain.Operand),
        DefaultExpressionSyntax => true,
        _ => value.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression,
    };

    private static bool IsDisposable(ITypeSymbol type) => type.AllInterfaces.Any(contract => contract.Name is "IDisposable" or "IAsyncDisposable");

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}
