using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>Finds the field or property that keeps what a load gives.</summary>
internal sealed class LoadTargets(TypeFacts agent, MemberUses uses)
{
    private const int Depth = 8;

    /// <summary>The member; <see langword="null"/> where nothing of the agent's own keeps the load.</summary>
    public ISymbol? Of(SyntaxNode load) => Follow(load, Depth);

    private ISymbol? Follow(SyntaxNode load, int depth)
    {
        if (depth == 0)
            return null;
        for (var node = load.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax } assignment:
                    return OwnMember(assignment.Left) ?? (SymbolOf(assignment.Left) is ILocalSymbol assigned ? FollowLocal(assigned, assignment, depth) : null);
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property }:
                    return agent.ModelOf(property).GetDeclaredSymbol(property);
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }:
                    return agent.ModelOf(variable).GetDeclaredSymbol(variable) is ILocalSymbol local ? FollowLocal(local, variable, depth) : agent.ModelOf(variable).GetDeclaredSymbol(variable);
                case ReturnStatementSyntax or ArrowExpressionClauseSyntax:
                    return node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method && agent.ModelOf(method).GetDeclaredSymbol(method) is { ReturnsVoid: false } symbol
                        ? FollowCalls(symbol, depth)
                        : null;
                case StatementSyntax or AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    private ISymbol? FollowCalls(IMethodSymbol method, int depth) => Only(uses.Of(method)
        .Where(use => use.Expression.Parent is InvocationExpressionSyntax)
        .Select(use => Follow(use.Expression.Parent!, depth - 1)));

    private ISymbol? FollowLocal(ILocalSymbol local, SyntaxNode declaration, int depth)
    {
        if (declaration.FirstAncestorOrSelf<BlockSyntax>() is not { } block)
            return null;
        return Only(block.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name
                && name.Parent is not MemberAccessExpressionSyntax
                && name.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax or ReturnStatementSyntax
                && SymbolEqualityComparer.Default.Equals(SymbolOf(name), local))
            .Where(name => name.Parent is not AssignmentExpressionSyntax assignment || assignment.Left != name)
            .Select(name => Follow(name, depth - 1))
            .Where(member => member is not null));
    }

    private static ISymbol? Only(IEnumerable<ISymbol?> found)
    {
        var members = new HashSet<ISymbol?>(found, SymbolEqualityComparer.Default);
        return members.Count == 1 ? members.First() : null;
    }

    private ISymbol? OwnMember(ExpressionSyntax target) =>
        target is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax }
        && SymbolOf(target) is IFieldSymbol or IPropertySymbol { IsIndexer: false }
        && SymbolEqualityComparer.Default.Equals(SymbolOf(target)!.ContainingType.OriginalDefinition, agent.Type)
            ? SymbolOf(target)!.OriginalDefinition
            : null;

    private ISymbol? SymbolOf(ExpressionSyntax node) => agent.ModelOf(node).GetSymbolInfo(node).Symbol;
}
