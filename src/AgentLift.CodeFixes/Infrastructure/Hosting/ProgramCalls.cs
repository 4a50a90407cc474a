using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>Reads the statements of programs: what they call, what they name, how they are told to a person.</summary>
internal static class ProgramCalls
{
    /// <summary>The call that an expression comes down to when it waits for it, or is it.</summary>
    public static InvocationExpressionSyntax? CallIn(ExpressionSyntax expression) => expression switch
    {
        AwaitExpressionSyntax awaited => CallIn(awaited.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: InvocationExpressionSyntax inner } } => inner,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait", Expression: InvocationExpressionSyntax inner } } => inner,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax inner } } } } => inner,
        InvocationExpressionSyntax call => call,
        _ => null,
    };

    /// <summary>What the names within a node mean.</summary>
    public static IEnumerable<ISymbol> SymbolsIn(this SemanticModel model, SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => model.GetSymbolInfo(name).Symbol).OfType<ISymbol>();

    /// <summary>Whether a node names a symbol.</summary>
    public static bool Mentions(this SemanticModel model, SyntaxNode node, ISymbol symbol) => model.SymbolsIn(node).Contains(symbol, SymbolEqualityComparer.Default);

    /// <summary>Whether an expression is the name of a symbol.</summary>
    public static bool IsName(this SemanticModel model, ExpressionSyntax? expression, ISymbol? symbol) =>
        expression is IdentifierNameSyntax && symbol is not null && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(expression).Symbol, symbol);

    /// <summary>The agent class that a construction makes an instance of; <see langword="null"/> where it makes something else.</summary>
    public static INamedTypeSymbol? AgentOf(this SemanticModel model, BaseObjectCreationExpressionSyntax creation)
    {
        if (creation.Initializer is not null || model.GetTypeInfo(creation).Type is not INamedTypeSymbol type)
            return null;
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent is { Name: "BaseAgent", ContainingNamespace.Name: "Runtime" })
                return type;
        }

        return null;
    }

    /// <summary>The beginning of a statement, for a message.</summary>
    public static string Shown(SyntaxNode statement)
    {
        const int Most = 60;
        var text = statement.ToString().Split('\n')[0].TrimEnd('\r');
        return text.Length <= Most ? text : text.Substring(0, Most) + "...";
    }
}
