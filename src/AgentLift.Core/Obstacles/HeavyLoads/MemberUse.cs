using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>A place that names a field, property or method of the agent.</summary>
internal sealed record MemberUse(SimpleNameSyntax Name)
{
    public SyntaxTree Tree => Name.SyntaxTree;

    /// <summary>The name with what qualifies it: <c>_table</c>, <c>this._table</c>, <c>other._table</c>.</summary>
    public ExpressionSyntax Expression => Name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == Name => access,
        MemberBindingExpressionSyntax binding => binding,
        _ => Name,
    };

    /// <summary>The expression with parentheses and <c>!</c> around it.</summary>
    public ExpressionSyntax Value
    {
        get
        {
            var value = Expression;
            while (value.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
                value = (ExpressionSyntax)value.Parent;
            return value;
        }
    }

    /// <summary>Only its name is meant: in <c>nameof</c>, or in a documentation comment.</summary>
    public bool IsNameOnly => IsInComment || Name.Ancestors().OfType<InvocationExpressionSyntax>().Any(call =>
        call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" } && call.ArgumentList.Span.Contains(Name.Span));

    public bool IsInComment => Name.Ancestors().Any(node => node is DocumentationCommentTriviaSyntax);

    /// <summary>The assignment that it is the target of.</summary>
    public AssignmentExpressionSyntax? Assignment => Expression.Parent is AssignmentExpressionSyntax assignment && assignment.Left == Expression ? assignment : null;

    /// <summary>Something else than its value is meant: it is written, or handed on by reference.</summary>
    public bool IsByReference => Value.Parent switch
    {
        ArgumentSyntax { RefKindKeyword.RawKind: not 0 } => true,
        ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } tuple } => assignment.Left == tuple,
        RefExpressionSyntax => true,
        PrefixUnaryExpressionSyntax prefix => prefix.Kind() is SyntaxKind.AddressOfExpression or SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression,
        PostfixUnaryExpressionSyntax postfix => postfix.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression,
        _ => false,
    };
}
