using AgentLift.CodeFixes.Infrastructure.Hosting;
using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Lifting.Searching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Configuration;

/// <summary>The one constructor that takes the agent's context, which is to take its options too.</summary>
internal sealed class OptionsTarget
{
    private readonly ConstructorDeclarationSyntax constructor;
    private readonly IReadOnlyList<ConstructorDeclarationSyntax> kept;

    private OptionsTarget(ConstructorDeclarationSyntax constructor, IReadOnlyList<ConstructorDeclarationSyntax> kept)
    {
        this.constructor = constructor;
        this.kept = kept;
    }

    public BlockSyntax Body => constructor.Body!;

    /// <returns>The constructor, or why there is none.</returns>
    public static async Task<(OptionsTarget? Target, string? Obstacle)> FindAsync(AgentCode agent, CancellationToken cancellationToken)
    {
        if (!agent.IsOnBaseAgent)
            return (null, "nobody hands the agent options until it derives from BaseAgent");
        if (agent.Type.ContainingType is not null || agent.Type.IsGenericType)
            return (null, $"{agent.Type.Name} is nested or generic, so that no options class can stand beside it");
        if (agent.Type.ContainingNamespace.GetTypeMembers(agent.Type.Name + "Options").Length > 0)
            return (null, $"there is a class {agent.Type.Name}Options already: add the values to it by hand");
        var withContext = agent.Type.InstanceConstructors.Where(method => !AgentConstruction.IsCompatibility(method)).ToList();
        if (withContext is not [{ DeclaringSyntaxReferences: [var part] } only] || await part.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is not ConstructorDeclarationSyntax { Body: not null, ParameterList.Parameters.Count: > 0 } declaration)
            return (null, "there is not one constructor with a body that could take the options");
        var kept = new List<ConstructorDeclarationSyntax>();
        foreach (var call in await References.CallsOfAsync(only, agent.Solution, cancellationToken).ConfigureAwait(false))
        {
            if (call.FirstAncestorOrSelf<ConstructorInitializerSyntax>() is { Parent: ConstructorDeclarationSyntax caller } && agent.Type.DeclaringSyntaxReferences.Any(type => type.SyntaxTree == caller.SyntaxTree))
                kept.Add(caller);
            else
                return (null, $"{agent.Type.Name} is also made elsewhere, where nobody has its options: hand them on there first");
        }

        return (new OptionsTarget(declaration, kept), null);
    }

    /// <summary>The place is in the constructor itself, and not in a function within it.</summary>
    public bool Holds(SyntaxNode node) =>
        node.FirstAncestorOrSelf<CSharpSyntaxNode>(found => found is BaseMethodDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) == constructor && Body.Span.Contains(node.Span);

    /// <summary>A name that nothing in the constructor bears.</summary>
    public string FreeName(string wanted) => constructor.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == wanted) ? "agentOptions" : wanted;

    /// <summary>Hands the options in; who makes the agent by hand gets the defaults.</summary>
    public void Write(AgentDraft draft, string options, string name)
    {
        draft.Insert(constructor.SyntaxTree, constructor.ParameterList.Parameters[0].Span.End, $", IOptions<{options}> {name}");
        foreach (var initializer in kept.Select(caller => caller.Initializer!))
            draft.Insert(initializer.SyntaxTree, initializer.ArgumentList.Arguments[0].Span.End, $", Options.Create(new {options}())");
    }
}
