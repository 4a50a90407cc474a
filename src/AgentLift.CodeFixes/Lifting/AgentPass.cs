using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>Rewrites every agent in scope on its own: each rewriter sees the original code, and an agent's edits are applied together or not at all.</summary>
internal sealed class AgentPass(params ImmutableArray<IRewriter> rewriters) : ILiftPass
{
    // How many processors there are is not for a code fix to ask.
    private const int Workers = 16;

    public ImmutableArray<IRewriter> Rewriters { get; } = rewriters;

    public async Task<PassResult> ApplyAsync(Solution solution, LiftScope scope, CancellationToken cancellationToken)
    {
        var edits = new SolutionEdits(solution);
        var outcomes = ImmutableArray.CreateBuilder<PassedAgent>();
        var agents = await scope.ReadAsync(solution, signs => Rewriters.Any(rewriter => rewriter.Concerns(signs)), cancellationToken).ConfigureAwait(false);
        var drafts = await DraftsAsync(agents, cancellationToken).ConfigureAwait(false);
        foreach (var (agent, draft) in agents.Zip(drafts, (agent, draft) => (agent, draft)))
        {
            if (draft.IsBroken)
                draft.Refuse(string.Empty, agent.Findings.Declaration, "a comment or directive stands where code must change: move it first");
            ImmutableArray<string> files = [];
            var taken = !draft.IsEmpty && !draft.IsBroken && edits.TryTake(draft, agent.Style.NewLine, out files);
            if (!taken && !draft.IsEmpty && !draft.IsBroken)
                draft.Refuse(string.Empty, agent.Findings.Declaration, "its edits cross those of another agent in the same file: lift that one first, then this one");
            outcomes.Add(new PassedAgent(agent, taken, [.. draft.Obstacles]) { Edited = files, Settings = taken ? [.. draft.Settings] : [] });
        }

        return new PassResult(await edits.ApplyAsync(cancellationToken).ConfigureAwait(false), outcomes.ToImmutable());
    }

    private async Task<AgentDraft[]> DraftsAsync(IReadOnlyList<AgentCode> agents, CancellationToken cancellationToken)
    {
        var drafts = new AgentDraft[agents.Count];
        var taken = -1;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync, cancellationToken))).ConfigureAwait(false);
        return drafts;

        async Task WorkAsync()
        {
            for (var i = Interlocked.Increment(ref taken); i < drafts.Length; i = Interlocked.Increment(ref taken))
                drafts[i] = await DraftAsync(agents[i], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<AgentDraft> DraftAsync(AgentCode agent, CancellationToken cancellationToken)
    {
        var draft = new AgentDraft(agent);
        foreach (var rewriter in Rewriters)
            await rewriter.RewriteAsync(agent, draft, cancellationToken).ConfigureAwait(false);
        return draft;
    }
}
