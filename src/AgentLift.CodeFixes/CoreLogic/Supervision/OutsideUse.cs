using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Lifting.Searching;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>Which members of the agent code outside of it uses, or may use.</summary>
internal static class OutsideUse
{
    /// <returns>Tells whether a member is, or may be, used outside of the class.</returns>
    public static async Task<Func<ISymbol, bool>> FindAsync(AgentCode agent, CancellationToken cancellationToken)
    {
        var used = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var internals = agent.Type.GetMembers().Where(member => member.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Private) && member is IMethodSymbol or IFieldSymbol);
        foreach (var member in internals.Where(member => MayEndLoops(agent, member)))
        {
            foreach (var reference in await References.FindOutsideAsync(member, agent.Solution, cancellationToken).ConfigureAwait(false))
            {
                if (reference.Locations.Any(place => !agent.Type.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == place.Location.SourceTree && part.Span.Contains(place.Location.SourceSpan))))
                    used.Add(member);
            }
        }

        // Public members are for code that need not be in the solution.
        return symbol => symbol is not (ILocalSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction })
            && (symbol.DeclaredAccessibility != Accessibility.Private && (symbol.DeclaredAccessibility == Accessibility.Public || !MayEndLoops(agent, symbol) || used.Contains(symbol)));
    }

    // The search is over the whole solution, so it is asked only of what loops and their starts are made of.
    private static bool MayEndLoops(AgentCode agent, ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type.SpecialType == SpecialType.System_Boolean || field.Type.Name is nameof(CancellationTokenSource) or "Thread" or "Task",
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method => agent.Facts.Loops.Any(loop => SymbolEqualityComparer.Default.Equals(loop.Scope.Function, method))
            || agent.Facts.Background.Any(work => SymbolEqualityComparer.Default.Equals(work.Body, method) || SymbolEqualityComparer.Default.Equals(work.Scope.Function, method)),
        _ => false,
    };
}
