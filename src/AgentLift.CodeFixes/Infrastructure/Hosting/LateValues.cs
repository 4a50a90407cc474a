using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>Whether a value that the host's factory works out later is what the program would have worked out at once.</summary>
internal static class LateValues
{
    /// <summary>What it reads is still the same then.</summary>
    /// <param name="program">The program.</param>
    /// <param name="value">The value.</param>
    /// <param name="agent">The agent that is set up with it, whose members it may read.</param>
    public static bool CanWait(EntryPoint program, ExpressionSyntax value, ISymbol? agent)
    {
        if (program.Model.GetConstantValue(value).HasValue)
            return true;
        return value switch
        {
            IdentifierNameSyntax name => program.Model.GetSymbolInfo(name).Symbol switch
            {
                ILocalSymbol { RefKind: RefKind.None } or IParameterSymbol { RefKind: RefKind.None } => program.Model.GetSymbolInfo(name).Symbol is { } symbol && IsSettled(program, symbol, value),
                _ => false,
            },
            MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } when agent is not null && program.Model.IsName(owner, agent) => true,
            MemberAccessExpressionSyntax { Expression: var owner } part => program.Model.GetTypeInfo(owner).Type is { IsValueType: true, ContainingNamespace.Name: "System" } or { SpecialType: SpecialType.System_String }
                && program.Model.GetSymbolInfo(part).Symbol is IPropertySymbol && CanWait(program, owner, agent),
            ParenthesizedExpressionSyntax inner => CanWait(program, inner.Expression, agent),
            CastExpressionSyntax cast => CanWait(program, cast.Expression, agent),
            BinaryExpressionSyntax both => CanWait(program, both.Left, agent) && (both.Right is TypeSyntax || CanWait(program, both.Right, agent)),
            ConditionalExpressionSyntax choice => CanWait(program, choice.Condition, agent) && CanWait(program, choice.WhenTrue, agent) && CanWait(program, choice.WhenFalse, agent),
            InterpolatedStringExpressionSyntax text => text.Contents.OfType<InterpolationSyntax>().All(hole => CanWait(program, hole.Expression, agent)),
            _ => false,
        };
    }

    // Nothing changes it once the value is used: each change stands in the body of the program, in a statement before the one that uses it.
    private static bool IsSettled(EntryPoint program, ISymbol symbol, SyntaxNode use)
    {
        var changes = program.Tree.GetRoot().DescendantNodes().Select(node => node switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left,
            PrefixUnaryExpressionSyntax prefix when prefix.OperatorToken.Text is "++" or "--" => prefix.Operand,
            PostfixUnaryExpressionSyntax suffix => suffix.Operand,
            ArgumentSyntax argument when !argument.RefKindKeyword.IsKind(SyntaxKind.None) => argument.Expression,
            _ => null,
        }).OfType<ExpressionSyntax>().Where(target => target.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => program.Model.IsName(name, symbol)));
        var user = IndexOf(program, use);
        return changes.All(change => user >= 0 && IndexOf(program, change) is >= 0 and var index && index < user && !IsInFunction(change));
    }

    private static int IndexOf(EntryPoint program, SyntaxNode node) =>
        program.Statements.ToList().FindIndex(statement => statement.Span.Contains(node.Span) && statement is not LocalFunctionStatementSyntax);

    private static bool IsInFunction(SyntaxNode node) => node.Ancestors().Any(parent => parent is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
}
