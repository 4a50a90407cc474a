using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>Where the agent releases what it loaded. The runtime does that at the end of the agent's life, so there, and only there, it can go.</summary>
internal sealed class Releases
{
    private readonly TypeFacts agent;
    private readonly HashSet<ISymbol> ends;

    public Releases(TypeFacts agent, bool isOnRuntime)
    {
        this.agent = agent;
        var phases = agent.Members.Select(member => member.Member).Where(member =>
            member is IMethodSymbol { Name: "OnStoppedAsync" or "Dispose" or "DisposeAsync" or "DisposeAsyncCore", MethodKind: MethodKind.Ordinary });
        ends = agent.Graph.Reach(isOnRuntime ? phases : phases.Concat(LifecycleMap.Of(agent).StoppedBy));
    }

    /// <summary>The value is disposed or closed there.</summary>
    public static bool IsRelease(MemberUse use) =>
        use.Value.Parent is UsingStatementSyntax or EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Parent: UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } } }
        || CallOf(use) is { } call && NameOf(call) is "Dispose" or "Close" or "DisposeAsync";

    /// <summary>Whether a place runs at the end of the agent's life.</summary>
    public bool IsAtEnd(SyntaxNode node) =>
        node.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is { } method && agent.ModelOf(method).GetDeclaredSymbol(method) is { } symbol && ends.Contains(symbol);

    /// <summary>The statement, or the body that is an expression, which does nothing but release the value or forget it; <see langword="null"/> where more is done.</summary>
    public static SyntaxNode? StatementOf(MemberUse use)
    {
        SyntaxNode? statement = null;
        if (use.Assignment is { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right.RawKind: (int)SyntaxKind.NullLiteralExpression, Parent: ExpressionStatementSyntax forget })
            statement = forget;
        else if (CallOf(use) is { ArgumentList.Arguments.Count: 0 } call && NameOf(call) == "Dispose")
            statement = call.Parent is ConditionalAccessExpressionSyntax access ? access.Parent : call.Parent;
        if (statement is ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } })
            return statement;
        if (statement is not ExpressionStatementSyntax)
            return null;

        // if (_model != null) _model.Dispose();
        var outer = statement.Parent is BlockSyntax { Statements.Count: 1 } only ? only.Parent : statement.Parent;
        if (outer is IfStatementSyntax { Else: null } guard && IsNullCheck(guard.Condition, use.Name.Identifier.ValueText))
            statement = guard;
        return statement.Parent is BlockSyntax ? statement : null;
    }

    private static bool IsNullCheck(ExpressionSyntax condition, string name) =>
        condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression, Right.RawKind: (int)SyntaxKind.NullLiteralExpression } or IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax }
        && condition.DescendantNodes().OfType<IdentifierNameSyntax>().ToList() is { Count: 1 } names && names[0].Identifier.ValueText == name;

    private static InvocationExpressionSyntax? CallOf(MemberUse use) => use.Value.Parent switch
    {
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == use.Value => call,
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax call } access when access.Expression == use.Value => call,
        _ => null,
    };

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };
}
