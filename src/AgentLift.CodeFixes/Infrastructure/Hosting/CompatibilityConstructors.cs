using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Lifting.Searching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>The constructors that a lift kept for callers from before it, and who still calls them.</summary>
internal static class CompatibilityConstructors
{
    public static IEnumerable<IMethodSymbol> Of(AgentCode agent) => agent.IsOnBaseAgent ? agent.Type.InstanceConstructors.Where(AgentConstruction.IsCompatibility) : [];

    /// <summary>The places that call one of them.</summary>
    public static async Task<IReadOnlyList<SyntaxNode>> CallersAsync(AgentCode agent, CancellationToken cancellationToken)
    {
        var places = new List<SyntaxNode>();
        foreach (var constructor in Of(agent))
            places.AddRange(await CallersAsync(agent, constructor, cancellationToken).ConfigureAwait(false));
        return places;
    }

    /// <summary>The places that call this one.</summary>
    public static Task<IReadOnlyList<SyntaxNode>> CallersAsync(AgentCode agent, IMethodSymbol constructor, CancellationToken cancellationToken) =>
        References.CallsOfAsync(constructor, agent.Solution, cancellationToken);
}
