using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Reading;

/// <summary>The agent's own code by name, for rewriters.</summary>
internal sealed class AgentSyntax(AgentCode agent) : TypeSource(agent.Facts, agent.ModelOf)
{
    public AgentCode Agent { get; } = agent;

    /// <summary>Why the calls of a method cannot be rewritten: some state its type arguments, and are no plain names.</summary>
    public string? TypedCallObstacle(IMethodSymbol method) =>
        method.IsGenericMethod && Parts.Any(part => part.DescendantNodes().OfType<GenericNameSyntax>().Any(name => name.Identifier.ValueText == method.Name))
            ? $"{method.Name} is called with type arguments: leave them out first, where they go without saying"
            : null;
}
