using AgentLift.CodeFixes.Lifting.Searching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Reading;

/// <summary>Finds the methods of an agent's start that somebody outside it calls too.</summary>
internal static class OutsideCallers
{
    /// <summary>Looks at what the start calls of the agent's own, and that others can see.</summary>
    public static async Task<IReadOnlyCollection<ISymbol>> OfStartAsync(AgentSource source, CancellationToken cancellationToken)
    {
        var called = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var found = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<SyntaxNode>(source.Parts.SelectMany(part => part.Members).OfType<MethodDeclarationSyntax>().Where(method => method.Identifier.ValueText == "OnStartingAsync"));
        while (open.Count > 0)
        {
            foreach (var method in open.Pop().DescendantNodes().OfType<SimpleNameSyntax>().Select(source.SymbolOf).OfType<IMethodSymbol>())
            {
                if (source.BodyOf(method) is not { } body || !called.Add(method))
                    continue;
                open.Push(body);
                if (method.DeclaredAccessibility != Accessibility.Private && await IsCalledOutsideAsync(source, method, cancellationToken).ConfigureAwait(false))
                    found.Add(method);
            }
        }

        return found;
    }

    private static async Task<bool> IsCalledOutsideAsync(AgentSource source, IMethodSymbol method, CancellationToken cancellationToken)
    {
        foreach (var reference in await References.FindOutsideAsync(method, source.Agent.Solution, cancellationToken).ConfigureAwait(false))
        {
            if (reference.Locations.Any(place => !source.Parts.Any(part => part.SyntaxTree == place.Location.SourceTree && part.Span.Contains(place.Location.SourceSpan))))
                return true;
        }

        return false;
    }
}
