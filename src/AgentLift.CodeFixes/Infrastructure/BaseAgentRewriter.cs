using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Lifting.Searching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Infrastructure;

/// <summary>
/// AGL1001: derives the agent from BaseAgent, gives its constructors the context, and makes its Start and Stop the lifecycle. What it does, and on which
/// threads, stays as it was. Callers that make, start and stop it by hand keep compiling. One whose base class must stay is owned by a BaseAgent, where that is asked for.
/// </summary>
internal sealed class BaseAgentRewriter : IRewriter
{
    private const string Runtime = "AgentLift.Runtime";

    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.NotABaseAgent];

    public string Title => "Derive '{0}' from BaseAgent";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        if (agent.EvidenceOf(Core.Rules.RuleIds.NotABaseAgent).FirstOrDefault() is not { } evidence)
        {
            draft.IsOnBaseAgent = agent.IsOnBaseAgent;
            return;
        }

        if (agent.Options.IncludeAssisted && AgentAdapter.Fits(agent))
        {
            if (AgentAdapter.Write(agent, draft) is { } left)
                draft.Refuse(evidence, left);
            return;
        }

        var reason = await ObstacleAsync(agent, cancellationToken).ConfigureAwait(false) ?? HiddenMembers.Obstacle(agent);
        if (reason is not null)
        {
            draft.Refuse(evidence, reason);
            return;
        }

        RewriteHeader(agent, draft);
        await Constructors.RewriteAsync(agent, draft, cancellationToken).ConfigureAwait(false);
        var renamed = await Lifecycle.RewriteAsync(agent, draft, cancellationToken).ConfigureAwait(false);
        HiddenMembers.Mark(agent, draft, renamed);
        draft.AddUsing(agent.Declaration.SyntaxTree, Runtime, "BaseAgent");
        draft.AddUsing(agent.Header.SyntaxTree, Runtime, "BaseAgent");
        draft.IsOnBaseAgent = true;
    }

    /// <summary>Why the agent cannot derive from BaseAgent, whatever the names in it mean; <see langword="null"/> where it can.</summary>
    public static async Task<string?> ObstacleAsync(AgentCode agent, CancellationToken cancellationToken) =>
        ShapeObstacle(agent)
        ?? await InheritanceObstacleAsync(agent, cancellationToken).ConfigureAwait(false)
        ?? Lifecycle.Obstacle(agent)
        ?? Constructors.Obstacle(agent);

    private static string? ShapeObstacle(AgentCode agent) => agent.Type switch
    {
        { IsStatic: true } => $"{agent.Type.Name} is static: make it a class with instances first",
        { IsRecord: true } => $"{agent.Type.Name} is a record; an agent has an identity, not a value: make it a class first",
        { BaseType: { SpecialType: not SpecialType.System_Object } parent } => $"{agent.Type.Name} derives from {parent.Name}; let a BaseAgent own it, or lift {parent.Name}",
        { IsAbstract: true } => $"{agent.Type.Name} is abstract: lift the classes that derive from it together with it, by hand",
        _ => null,
    };

    private static async Task<string?> InheritanceObstacleAsync(AgentCode agent, CancellationToken cancellationToken)
    {
        if (agent.Type.IsSealed)
            return null;
        return await References.HeirOfAsync(agent.Type, agent.Solution, cancellationToken).ConfigureAwait(false) is { } heir ? $"{heir.Name} derives from {agent.Type.Name}: lift the two together, by hand" : null;
    }

    private static void RewriteHeader(AgentCode agent, AgentDraft draft)
    {
        var declaration = agent.Header;
        var tree = declaration.SyntaxTree;
        if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            draft.Insert(tree, declaration.Keyword.SpanStart, "partial ");
        var arguments = declaration.ParameterList is null ? string.Empty : $"({Constructors.ContextNameOf(agent)})";
        if (declaration.BaseList is { Types: { Count: > 0 } types })
        {
            draft.Insert(tree, types[0].SpanStart, $"BaseAgent{arguments}, ");
            return;
        }

        var end = declaration.ParameterList?.Span.End ?? declaration.TypeParameterList?.Span.End ?? declaration.Identifier.Span.End;
        draft.Insert(tree, end, $" : BaseAgent{arguments}");
    }
}
