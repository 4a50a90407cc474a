using System.Collections.Immutable;
using AgentLift.CodeFixes.Markers;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>
/// Takes each agent in scope through passes, on its own. An agent goes on, pass after pass, until one has something to write; when all have come so far, everything
/// is applied, and each goes on from there in the new code. So an agent is read once for each edit of its own, however many others are edited meanwhile.
/// </summary>
internal sealed class AgentPipeline(params ImmutableArray<AgentPass> passes) : ILiftPass
{
    // How many processors there are is not for a code fix to ask.
    private const int Workers = 16;

    public ImmutableArray<AgentPass> Passes { get; } = passes;

    /// <summary>Marks an agent together with the last edit that its stage needs; <see langword="null"/> to leave that to a pass of its own.</summary>
    public MarkerRewriter? Marker { get; init; }

    /// <summary>The same with some of its rewriters, and no marker but what one of them writes.</summary>
    public AgentPipeline Only(Func<IRewriter, bool> wanted) =>
        new([.. Passes.Select(pass => new AgentPass([.. pass.Rewriters.Where(wanted)]) { Along = [.. pass.Along.Where(wanted)] }).Where(pass => pass.Rewriters.Length > 0)]);

    public async Task<PassResult> ApplyAsync(Solution solution, LiftScope scope, CancellationToken cancellationToken)
    {
        var outcomes = ImmutableArray.CreateBuilder<PassedAgent>();
        var next = new Dictionary<AgentKey, int>();
        while (true)
        {
            var agents = await scope.ReadAsync(solution, (agent, signs) => IsLeftFor(next.TryGetValue(agent, out var pass) ? pass : 0, signs), cancellationToken).ConfigureAwait(false);
            var edits = new SolutionEdits(solution);
            foreach (var turn in await TurnsAsync(agents, next, cancellationToken).ConfigureAwait(false))
            {
                outcomes.AddRange(turn.Idle);
                next[turn.Agent.Key] = turn.Pass;
                if (turn.Draft is null)
                    continue;
                if (edits.TryTake(turn.Draft, turn.Agent.Style.NewLine, out var files))
                {
                    outcomes.Add(new PassedAgent(turn.Agent.Key, true, [.. turn.Draft.Obstacles]) { Edited = files, Settings = [.. turn.Draft.Settings] });
                    next[turn.Agent.Key]++;
                }
                else if (edits.IsEmpty)
                {
                    turn.Draft.Refuse(string.Empty, turn.Agent.Findings.Declaration, "it would change code that is no document of the solution");
                    outcomes.Add(new PassedAgent(turn.Agent.Key, false, [.. turn.Draft.Obstacles]));
                    next[turn.Agent.Key]++;
                }

                // Else its edits cross those of another agent: it drafts them anew in what that one has made.
            }

            if (edits.IsEmpty)
                return new PassResult(solution, outcomes.ToImmutable());
            solution = await edits.ApplyAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // Without signs it must be read to know.
    private bool IsLeftFor(int next, AgentSigns? signs) => next < Passes.Length && (signs is null || Passes.Skip(next).Any(pass => pass.Concerns(signs)));

    private async Task<Turn[]> TurnsAsync(IReadOnlyList<AgentCode> agents, Dictionary<AgentKey, int> next, CancellationToken cancellationToken)
    {
        var turns = new Turn[agents.Count];
        var taken = -1;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync, cancellationToken))).ConfigureAwait(false);
        return turns;

        async Task WorkAsync()
        {
            for (var i = Interlocked.Increment(ref taken); i < turns.Length; i = Interlocked.Increment(ref taken))
                turns[i] = await TurnAsync(agents[i], next.TryGetValue(agents[i].Key, out var pass) ? pass : 0, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Turn> TurnAsync(AgentCode agent, int next, CancellationToken cancellationToken)
    {
        var idle = ImmutableArray.CreateBuilder<PassedAgent>();
        for (; next < Passes.Length; next++)
        {
            if (!Passes[next].Concerns(agent.Signs))
                continue;
            if (!agent.Left.TryGetValue(Passes[next], out var obstacles))
            {
                var draft = await Passes[next].DraftAsync(agent, Marker, cancellationToken).ConfigureAwait(false);
                if (draft is { IsEmpty: false, IsBroken: false })
                    return new Turn(agent, idle.ToImmutable(), next, draft);
                agent.Left[Passes[next]] = obstacles = [.. draft.Obstacles];
            }

            idle.Add(new PassedAgent(agent.Key, false, obstacles));
        }

        return new Turn(agent, idle.ToImmutable(), next, null);
    }

    /// <summary>How far an agent has come in the code as it is.</summary>
    /// <param name="Agent">The agent.</param>
    /// <param name="Idle">The passes that had nothing to write.</param>
    /// <param name="Pass">The pass that has something to write; the number of passes where none has.</param>
    /// <param name="Draft">What it has to write.</param>
    private sealed record Turn(AgentCode Agent, ImmutableArray<PassedAgent> Idle, int Pass, AgentDraft? Draft);
}
