using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Reading;

/// <summary>Where the agent starts a loop of its own.</summary>
/// <param name="source">The agent's source.</param>
/// <param name="calledOutside">Its methods that somebody else calls.</param>
internal sealed class Launches(AgentSource source, IReadOnlyCollection<ISymbol> calledOutside)
{
    private readonly BackgroundCalls background = new(source);

    /// <summary>The one place that starts a function in the background; <see langword="null"/> where it is started otherwise, or more than once.</summary>
    public (BackgroundCall Call, StatementSyntax Statement)? Of(SyntaxNode function)
    {
        if (PlaceOf(function) is not { } place || place.FirstAncestorOrSelf<StatementSyntax>(node => node is not BlockSyntax && !IsInside(node, function)) is not { } statement)
            return null;

        // A lambda that only calls the function stands within the statement that starts it.
        for (StatementSyntax? next = statement; next is not null; next = next.Parent?.FirstAncestorOrSelf<StatementSyntax>(node => node is not BlockSyntax))
        {
            if (background.Read(next) is { } call)
                return call.Runs.Function == function ? (call, next) : null;
            if (next.Parent?.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is null)
                break;
        }

        return null;
    }

    /// <summary>A function that runs once, when the agent starts, from its beginning to its end.</summary>
    public bool IsInStart(SyntaxNode? function) => function is MethodDeclarationSyntax method && (method.Identifier.ValueText == "OnStartingAsync"
        || (source.Declared(method) is IMethodSymbol { IsVirtual: false, IsOverride: false, IsStatic: false } symbol
            && !calledOutside.Contains(symbol, SymbolEqualityComparer.Default)
            && source.ReferencesTo(symbol).OnlyOrNull() is { } only
            && only.Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && AgentSource.Unwrapped(call.Expression) is SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
            && call.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { Parent: BlockSyntax { Parent: MethodDeclarationSyntax } } && IsInStart(AgentSource.FunctionAround(call))));

    /// <summary>Why a function must stay although nothing starts it any more; <see langword="null"/> where it may go.</summary>
    public string? Holds(SyntaxNode function)
    {
        if (function is not MethodDeclarationSyntax method || source.Declared(method) is not IMethodSymbol symbol)
            return null;
        if (symbol.IsVirtual || symbol.IsOverride || symbol.IsAbstract || !symbol.ExplicitInterfaceImplementations.IsEmpty || Implements(symbol))
            return $"{symbol.Name} is part of what others know of the agent";
        if (calledOutside.Contains(symbol, SymbolEqualityComparer.Default))
            return $"others than the agent call {symbol.Name} too";
        return method.AttributeLists.Count > 0 ? $"{symbol.Name} has attributes, which would go with it" : null;
    }

    private static bool Implements(IMethodSymbol method) => method.ContainingType.AllInterfaces.SelectMany(contract => contract.GetMembers(method.Name))
        .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    private SyntaxNode? PlaceOf(SyntaxNode function)
    {
        if (function is AnonymousFunctionExpressionSyntax)
            return function;
        return source.Declared(function) is { } symbol ? source.ReferencesTo(symbol).OnlyOrNull() : null;
    }

    private static bool IsInside(SyntaxNode node, SyntaxNode function) => function is AnonymousFunctionExpressionSyntax && function.Contains(node);
}
