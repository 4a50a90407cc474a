using AgentLift.CodeFixes.Integration.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Lookups;

/// <summary>Tells places where an <c>await</c> would have to carry across what lives on the stack only.</summary>
internal static class StackBound
{
    /// <summary>Why nothing can be awaited at a place; <see langword="null"/> where nothing around it is bound to the stack.</summary>
    public static string? Obstacle(AgentSource source, ExpressionSyntax place)
    {
        if (place.Ancestors().Any(node => node is MemberDeclarationSyntax member && member.Modifiers.Any(SyntaxKind.UnsafeKeyword) || node is LocalFunctionStatementSyntax local && local.Modifiers.Any(SyntaxKind.UnsafeKeyword)))
            return "it stands in unsafe code, within which nothing can be awaited";
        if (place.Ancestors().TakeWhile(node => !AgentSource.IsFunction(node)).OfType<CommonForEachStatementSyntax>().Any(loop => source.TypeOf(loop.Expression)?.IsRefLikeType == true && loop.Statement.Span.Contains(place.Span)))
            return "it stands in a loop over a span, which cannot live across an await";
        var whole = place.Ancestors().TakeWhile(node => node is not (StatementSyntax or AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax)).OfType<ExpressionSyntax>().LastOrDefault() ?? place;
        foreach (var part in whole.DescendantNodesAndSelf(node => node is not AnonymousFunctionExpressionSyntax).OfType<ExpressionSyntax>().Where(part => part != place))
        {
            var type = source.ModelOf(part).GetTypeInfo(part);
            if (type.Type?.IsRefLikeType == true || type.ConvertedType?.IsRefLikeType == true)
                return "it stands in an expression with a span, which cannot live across an await";
            if (source.SymbolOf(part) is IMethodSymbol { ReturnsByRef: true } or IMethodSymbol { ReturnsByRefReadonly: true } or IPropertySymbol { ReturnsByRef: true } or IPropertySymbol { ReturnsByRefReadonly: true })
                return "it stands in an expression with a reference to memory, which cannot live across an await";
        }

        return null;
    }
}
