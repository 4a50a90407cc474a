using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Lifting.Searching;
using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure;

/// <summary>
/// Start becomes OnStartingAsync and Stop becomes OnStoppedAsync; callers from outside reach them through extension methods of the runtime. A method that must
/// stay what it is, by its name, its form or its callers, stays, and the phase calls it. One that returns only when the work is over runs in a loop of the agent.
/// </summary>
internal static class Lifecycle
{
    /// <summary>Why the methods cannot be mapped; <see langword="null"/> where they can.</summary>
    public static string? Obstacle(AgentCode agent) => LifecycleMap.Of(agent.Facts).Obstacle(agent.Facts);

    /// <summary>Writes the phases.</summary>
    /// <returns>The methods that are no longer called what they were.</returns>
    public static async Task<IReadOnlyCollection<ISymbol>> RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var map = LifecycleMap.Of(agent.Facts);
        var renamed = new List<ISymbol>();

        var start = map.Start is { } method && (IsNamedLikeRuntime(method) || IsNamedLikeRuntime(map.Ends.FirstOrDefault()))
            ? await UsesAsync(agent, method, cancellationToken).ConfigureAwait(false)
            : Uses.Unknown;
        var startsByRuntime = map.Start is not null && start.Outside is { Count: 0 } && !agent.IsPublished;
        if (map.Start is not null && map.Blocks)
            PhaseWriter.Loop(agent, draft, map.Start);
        else if (map.Start is not null)
            startsByRuntime |= Write(agent, draft, map.Start, start, "OnStartingAsync", renamed);

        // The loop that the start became ends before the agent has stopped: what ends it is called while it still runs.
        var phase = map.StoppedBy.Any() ? "OnStoppedAsync" : "OnDrainingAsync";
        var end = map.Ends.Length == 1 && IsNamedLikeRuntime(map.Ends[0]) ? await UsesAsync(agent, map.Ends[0], cancellationToken).ConfigureAwait(false) : Uses.Unknown;

        // Callers that start the agent past the runtime must also end it past the runtime, which knows of no start.
        if (map.Ends.Length == 1 && (startsByRuntime || end.Outside is { Count: 0 }))
            Write(agent, draft, map.Ends[0], end, phase, renamed);
        else if (map.Ends.Length > 0)
            PhaseWriter.Call(agent, draft, phase, [.. map.Ends]);
        return renamed;
    }

    /// <returns>Whether callers from outside come through the runtime.</returns>
    private static bool Write(AgentCode agent, AgentDraft draft, IMethodSymbol method, Uses uses, string phase, List<ISymbol> renamed)
    {
        if ((agent.IsPublished && method.DeclaredAccessibility == Accessibility.Public) || !IsOfRuntime(method, uses) || !IsSimple(agent, method) || (uses.Inside && !method.ReturnsVoid) || (!method.ReturnsVoid && !method.IsAsync))
        {
            PhaseWriter.Call(agent, draft, phase, method);
            return false;
        }

        var declaration = (MethodDeclarationSyntax)method.DeclaringSyntaxReferences[0].GetSyntax();
        foreach (var tree in uses.Outside!.Where(_ => method.ReturnsVoid))
            draft.AddUsing(tree, "AgentLift.Runtime", "LegacyCallers");
        if (uses.Inside)
        {
            PhaseWriter.MakePrivate(draft, declaration);
            PhaseWriter.Call(agent, draft, phase, method);
            return true;
        }

        renamed.Add(method);
        PhaseWriter.Override(agent, draft, declaration, phase);
        return true;
    }

    // The runtime has a method of that name for callers from outside.
    private static bool IsOfRuntime(IMethodSymbol method, Uses uses) => method.Name switch
    {
        "Start" or "Stop" => method.Parameters.IsEmpty && (method.ReturnsVoid || uses.Outside is { Count: 0 }),
        "StartAsync" or "StopAsync" => method is { Parameters: [{ HasExplicitDefaultValue: false }], ReturnType.Name: "Task" } || uses.Outside is { Count: 0 },
        _ => false,
    };

    private static bool IsNamedLikeRuntime(IMethodSymbol? method) => method?.Name is "Start" or "Stop" or "StartAsync" or "StopAsync";

    private static bool IsSimple(AgentCode agent, IMethodSymbol method) =>
        agent.Type.GetMembers(method.Name).Length == 1
        && !method.IsVirtual && !method.IsOverride
        && method.DeclaringSyntaxReferences.Length == 1 && method.PartialImplementationPart is null && method.PartialDefinitionPart is null
        && !agent.Type.AllInterfaces.SelectMany(contract => contract.GetMembers()).Any(member => SymbolEqualityComparer.Default.Equals(agent.Type.FindImplementationForInterfaceMember(member), method));

    private static async Task<Uses> UsesAsync(AgentCode agent, IMethodSymbol method, CancellationToken cancellationToken)
    {
        var inside = false;
        var outside = new List<SyntaxTree>();
        foreach (var reference in await References.FindAsync(method, agent.Solution, cancellationToken).ConfigureAwait(false))
        {
            foreach (var place in reference.Locations)
            {
                if (IsInside(agent, place.Location))
                    inside = true;
                else
                    outside.Add(place.Location.SourceTree!);
            }
        }

        return new Uses(inside, outside);
    }

    private static bool IsInside(AgentCode agent, Location place) => agent.Type.DeclaringSyntaxReferences.Any(part =>
        part.SyntaxTree == place.SourceTree && part.Span.Contains(place.SourceSpan));

    /// <summary>Who calls a method.</summary>
    /// <param name="Inside">The agent itself does.</param>
    /// <param name="Outside">The files of callers elsewhere; <see langword="null"/> where nobody looked.</param>
    private sealed record Uses(bool Inside, IReadOnlyList<SyntaxTree>? Outside)
    {
        /// <summary>A method of another name keeps its name and its callers: who they are does not matter.</summary>
        public static Uses Unknown { get; } = new(Inside: false, Outside: null);
    }
}
