using System.Collections.Immutable;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
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
        foreach (var evidence in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var kept = new KeptConnection(source, evidence.Symbol as IFieldSymbol, AgentCode.NodeAt(evidence).FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>());
            if (!kept.TryRewrite(draft))
                draft.Refuse(evidence, kept.Reason ?? "how the connection is used is not known here");
        }

        return Task.CompletedTask;
    }
}
