using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Infrastructure.Hosting;
using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Lifting.Searching;
using AgentLift.Core.Obstacles.Supervision;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>
/// Callers that make the agent by hand, in this solution or, of a published library, out of sight, and start or end it past the runtime: by a method that kept its name, or by way of an interface. The runtime begins
/// loops when it starts the agent, and waits for them when it stops it; for such a caller it does neither.
/// </summary>
internal sealed class PastRuntime
{
    private readonly AgentCode agent;
    private readonly HashSet<ISymbol> ends;

    private PastRuntime(AgentCode agent, string? start, IEnumerable<ISymbol> ends)
    {
        this.agent = agent;
        Start = start;
        this.ends = agent.Facts.Graph.Reach(ends);
    }

    /// <summary>Why loops of the runtime would never begin; <see langword="null"/> where they do.</summary>
    public string? Start { get; }

    public static async Task<PastRuntime> FindAsync(AgentSyntax code, CancellationToken cancellationToken)
    {
        var agent = code.Agent;
        if (!agent.IsPublished && (await CompatibilityConstructors.CallersAsync(agent, cancellationToken).ConfigureAwait(false)).Count == 0)
            return new PastRuntime(agent, null, []);
        if (PhaseOf(code, "OnStartingAsync") is not { } starting)
            return new PastRuntime(agent, "callers make the agent by hand and nothing starts it, with which its loops would begin: give it a Start first", []);
        string? start = null;

        // A start that is all that the phase does: what callers called, and may still call.
        if (starting.Body is { } body && body.Statements.Count(statement => statement is not ReturnStatementSyntax) == 1)
        {
            foreach (var method in Named(code, body))
            {
                if (await IsCalledOutsideAsync(agent, method, cancellationToken).ConfigureAwait(false))
                    start ??= $"callers that make the agent by hand call {method.Name}, past the runtime that would begin its loops: let them call Start of the runtime, or let the host make it";
            }
        }

        var ends = new List<ISymbol>();
        foreach (var method in new[] { PhaseOf(code, "OnDrainingAsync"), PhaseOf(code, "OnStoppedAsync") }.OfType<MethodDeclarationSyntax>().SelectMany(phase => Named(code, phase)))
        {
            // Who disposes of it may name nothing: a using, or a container.
            if (IsDispose(agent, method) || await IsCalledOutsideAsync(agent, method, cancellationToken).ConfigureAwait(false))
                ends.Add(method);
        }

        return new PastRuntime(agent, start, ends);
    }

    /// <summary>Why nobody would wait for a piece of work any more; <see langword="null"/> where the runtime does.</summary>
    public string? EndOf(AgentSyntax code, Work work) =>
        work.Dead.Select(code.FunctionSymbolAround).OfType<IMethodSymbol>().FirstOrDefault(ends.Contains) is { } end
            ? $"callers that make the agent by hand end it by {end.Name}, past the runtime, and it waits there for what it ends: let them call Stop of the runtime, or let the host make {agent.Type.Name}"
            : null;

    private static MethodDeclarationSyntax? PhaseOf(AgentSyntax code, string phase) =>
        code.Agent.Type.GetMembers(phase).OfType<IMethodSymbol>().FirstOrDefault(method => method.IsOverride) is { } method ? code.DeclarationOf(method) as MethodDeclarationSyntax : null;

    private static IEnumerable<IMethodSymbol> Named(AgentSyntax code, SyntaxNode phase) => phase.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Select(name => code.SymbolOf(name)).OfType<IMethodSymbol>().Where(method => code.IsOwn(method) && method.DeclaredAccessibility != Accessibility.Private);

    private static bool IsDispose(AgentCode agent, IMethodSymbol method) => method is { Name: "Dispose", Parameters.IsEmpty: true }
        && agent.Type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_IDisposable);

    private static async Task<bool> IsCalledOutsideAsync(AgentCode agent, IMethodSymbol method, CancellationToken cancellationToken) =>
        (agent.IsPublished && method.DeclaredAccessibility == Accessibility.Public)
        || (await References.FindOutsideAsync(method, agent.Solution, cancellationToken).ConfigureAwait(false)).SelectMany(reference => reference.Locations)
            .Any(place => !agent.Type.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == place.Location.SourceTree && part.Span.Contains(place.Location.SourceSpan)));
}
