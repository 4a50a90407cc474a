using System.Collections.Immutable;
using AgentLift.CodeFixes.Markers;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>Rewriters that all see the same code of an agent, and whose edits are applied together or not at all.</summary>
internal sealed class AgentPass(params ImmutableArray<IRewriter> rewriters)
{
    public ImmutableArray<IRewriter> Rewriters { get; } = rewriters;

    /// <summary>
    /// Rewriters of later passes that see nothing of what this one writes: they go along where all of their edits stand beside it, so that the agent need not be read
    /// between them. What they leave, and why, they say in their own pass.
    /// </summary>
    public ImmutableArray<IRewriter> Along { get; init; } = [];

    /// <summary>Whether an agent has anything for it, as far as can be seen from afar.</summary>
    public bool Concerns(AgentSigns agent) => Rewriters.Any(rewriter => rewriter.Concerns(agent));

    /// <summary>What the rewriters would write.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="marker">Marks it in the same edit, where that is the last one of its stage; <see langword="null"/> to leave markers alone.</param>
    /// <param name="cancellationToken">Stops the rewriters.</param>
    public async Task<AgentDraft> DraftAsync(AgentCode agent, MarkerRewriter? marker, CancellationToken cancellationToken)
    {
        var draft = new AgentDraft(agent);
        foreach (var rewriter in Rewriters)
            await rewriter.RewriteAsync(agent, draft, cancellationToken).ConfigureAwait(false);
        if (draft is { IsEmpty: false, IsBroken: false })
        {
            var wrote = Rewriters.ToList();
            foreach (var rewriter in Along.Where(rewriter => rewriter.Concerns(agent.Signs)))
            {
                if (await draft.TryAsync(further => rewriter.RewriteAsync(agent, further, cancellationToken)).ConfigureAwait(false))
                    wrote.Add(rewriter);
            }

            if (marker is not null && !Rewriters.Contains(marker))
                marker.MarkAhead(agent, draft, [.. wrote.SelectMany(rewriter => rewriter.RuleIds)]);
        }

        if (draft.IsBroken)
            draft.Refuse(string.Empty, agent.Findings.Declaration, "a comment or directive stands where code must change: move it first");
        return draft;
    }
}
