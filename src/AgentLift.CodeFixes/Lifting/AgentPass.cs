using System.Collections.Immutable;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>Rewriters that all see the same code of an agent, and whose edits are applied together or not at all.</summary>
internal sealed class AgentPass(params ImmutableArray<IRewriter> rewriters)
{
    public ImmutableArray<IRewriter> Rewriters { get; } = rewriters;

    /// <summary>Whether an agent has anything for it, as far as can be seen from afar.</summary>
    public bool Concerns(AgentSigns agent) => Rewriters.Any(rewriter => rewriter.Concerns(agent));

    /// <summary>What the rewriters would write.</summary>
    public async Task<AgentDraft> DraftAsync(AgentCode agent, CancellationToken cancellationToken)
    {
        var draft = new AgentDraft(agent);
        foreach (var rewriter in Rewriters)
            await rewriter.RewriteAsync(agent, draft, cancellationToken).ConfigureAwait(false);
        if (draft.IsBroken)
            draft.Refuse(string.Empty, agent.Findings.Declaration, "a comment or directive stands where code must change: move it first");
        return draft;
    }
}
