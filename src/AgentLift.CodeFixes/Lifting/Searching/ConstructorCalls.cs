using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Lifting.Searching;

/// <summary>
/// The calls of a constructor in one file. The search of the workspace first reads all files of a project for the other names that a type may have, which takes
/// longer than to look at what a few files make.
/// </summary>
internal static class ConstructorCalls
{
    public static IEnumerable<SyntaxNode> In(SemanticModel model, IMethodSymbol constructor)
    {
        var root = model.SyntaxTree.GetRoot();
        foreach (var node in root.DescendantNodes(descendIntoTrivia: true))
        {
            var place = node switch
            {
                ObjectCreationExpressionSyntax creation => LastOf(creation.Type),
                ImplicitObjectCreationExpressionSyntax or ConstructorInitializerSyntax => node,
                PrimaryConstructorBaseTypeSyntax parent => LastOf(parent.Type),
                CrefSyntax => root.FindNode(node.Span),
                _ => null,
            };
            if (place is not null && Means(model.GetSymbolInfo(node), constructor))
                yield return place;
        }
    }

    private static bool Means(SymbolInfo info, IMethodSymbol constructor) =>
        info.Symbol is { } one ? Is(one, constructor) : info.CandidateSymbols.Any(candidate => Is(candidate, constructor));

    // By name, since it is another object in each project that sees it.
    private static bool Is(ISymbol symbol, IMethodSymbol constructor) => symbol is IMethodSymbol { MethodKind: MethodKind.Constructor }
        && symbol.ContainingType.Name == constructor.ContainingType.Name
        && symbol.ContainingAssembly?.Name == constructor.ContainingAssembly.Name
        && symbol.OriginalDefinition.GetDocumentationCommentId() == constructor.OriginalDefinition.GetDocumentationCommentId();

    private static TypeSyntax LastOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax name => name.Right,
        AliasQualifiedNameSyntax name => name.Name,
        _ => type,
    };
}
