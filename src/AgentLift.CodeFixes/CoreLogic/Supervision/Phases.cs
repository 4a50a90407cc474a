using AgentLift.CodeFixes.CoreLogic.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>When in the agent's life a piece of code runs.</summary>
internal enum Phase
{
    /// <summary>At any time.</summary>
    Any,

    /// <summary>While it is made or starts.</summary>
    Start,

    /// <summary>While it drains or stops.</summary>
    Stop,
}

/// <summary>Tells code that only runs while the agent starts, or only while it stops, from all other code.</summary>
internal sealed class Phases(AgentSyntax code, Func<IMethodSymbol, bool> isUsedOutside)
{
    private readonly Dictionary<ISymbol, Phase> known = new(SymbolEqualityComparer.Default);

    public Phase Of(SyntaxNode node)
    {
        if (AgentSyntax.FunctionAround(node) is not { } function)
            return node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is BaseFieldDeclarationSyntax or PropertyDeclarationSyntax ? Phase.Start : Phase.Any;
        return code.SymbolOfFunction(function) is IMethodSymbol method ? Of(method) : Phase.Any;
    }

    private Phase Of(IMethodSymbol method)
    {
        if (known.TryGetValue(method, out var phase))
            return phase;
        known[method] = Phase.Any;
        return known[method] = Find(method);
    }

    private Phase Find(IMethodSymbol method)
    {
        switch (method)
        {
            case { MethodKind: MethodKind.Constructor }:
            case { IsOverride: true, Name: "OnStartingAsync" or "OnStartedAsync" }:
                return Phase.Start;
            case { IsOverride: true, Name: "OnStoppedAsync" or "OnDrainingAsync" }:
                return Phase.Stop;
            case { MethodKind: MethodKind.Ordinary, IsOverride: false, IsVirtual: false } when code.IsOwn(method) && !isUsedOutside(method):
                break;
            case { MethodKind: MethodKind.LocalFunction }:
                break;
            default:
                return Phase.Any;
        }

        var phases = code.ReferencesTo(method).Select(name => AgentSyntax.CallOf(name) is null ? Phase.Any : Of(name)).Distinct().ToList();
        return phases.Count == 1 ? phases[0] : Phase.Any;
    }
}
