using System.Collections.Immutable;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.Data;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Data;

/// <summary>
/// AGL5001: a database connection that was kept for the agent's life is opened, out of the provider's pool, for each command, where nothing that the agent
/// does depends on its being the same. Locks around it stay, on an object of their own.
/// </summary>
internal sealed class LifetimeConnectionRewriter : IRewriter
{
    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.LifetimeConnection];

    public string Title => "Open the database of '{0}' for each use; one that cannot be reached shows then";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var found = agent.EvidenceOf(Core.Rules.RuleIds.LifetimeConnection).ToList();
        if (found.Count == 0)
            return Task.CompletedTask;
        var source = new AgentSource(agent);
        foreach (var evidence in draft.Fixable(found))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var creation = evidence.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>();
            var kept = new KeptConnection(source, evidence.Symbol as IFieldSymbol, creation);
            if ((kept.Obstacle() ?? new ConnectionWriter(source, (IFieldSymbol)evidence.Symbol, kept).Write(draft, creation!.ArgumentList!.Arguments[0].Expression)) is { } reason)
                draft.Refuse(evidence, reason);
        }

        return Task.CompletedTask;
    }
}
