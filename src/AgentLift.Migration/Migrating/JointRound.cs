using System.Collections.Immutable;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Verification;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Migrating;

/// <summary>What could be done for many agents at once.</summary>
/// <param name="Result">The steps, which compile together, and the agents that were put back.</param>
/// <param name="Left">What is still to be done, agent by agent.</param>
internal sealed record JointResult(RoundResult Result, ImmutableArray<StepRequest> Left);

/// <summary>Lifts the agents of a round together, stage by stage, and takes out the last steps of those in whose files the compiler finds something new.</summary>
internal sealed class JointRound(LiftAhead joint, CompilerCheck compiler, MigrationClock clock, FindingText text)
{
    /// <param name="start">The code to start from; verified already.</param>
    /// <param name="wanted">Who goes through what, in order.</param>
    /// <param name="next">Who goes through what in the next round, if all of this one stands.</param>
    /// <param name="settles">Whether the next round only looks once more at what this one leaves: then both are compiled as one, as long as that finds nothing.</param>
    /// <param name="cancellationToken">Stops the round; nothing is written yet.</param>
    public async Task<JointResult> RunAsync(Solution start, ImmutableArray<StepRequest> wanted, ImmutableArray<StepRequest> next, bool settles, CancellationToken cancellationToken)
    {
        var (lifted, steps) = await joint.LiftAsync(start, wanted, cancellationToken).ConfigureAwait(false);
        if (lifted != start && !next.IsEmpty && steps.Count == wanted.Length)
            joint.Begin(lifted, next, cancellationToken);
        var putBack = new Dictionary<AssessedAgent, PutBackAgent>();
        var isVerified = settles && lifted != start && await joint.PeekAsync().ConfigureAwait(false) is { } settled && settled != lifted
            && (await VerifyAsync(settled, steps, cancellationToken).ConfigureAwait(false)).IsEmpty;
        while (true)
        {
            var findings = isVerified || lifted == start ? [] : await VerifyAsync(lifted, steps, cancellationToken).ConfigureAwait(false);
            if (findings.IsEmpty)
            {
                var left = wanted.Where(request => !putBack.ContainsKey(request.Agent) && !steps.Exists(step => step.Request == request));
                return new JointResult(new RoundResult(lifted, JointStep.Chain(start, steps), [.. putBack.Values]), [.. left]);
            }

            await joint.DropAsync().ConfigureAwait(false);
            var broken = steps.Where(step => findings.Any(step.Explains)).GroupBy(step => step.Request.Agent).Select(agent => agent.Last()).ToList();
            if (broken.Count == 0)
                return new JointResult(new RoundResult(start, [], []), wanted);
            foreach (var step in broken)
            {
                // Of agents that share files, one by one tells which is broken, and what that means for the others.
                var agent = step.Request.Agent;
                var tangle = TangleOf(agent, steps);
                if (tangle.Count > 1)
                {
                    steps.RemoveAll(other => tangle.Contains(other.Request.Agent));
                    continue;
                }

                putBack[agent] = new PutBackAgent(step.Request, text.Reasons([.. findings.Where(step.Explains)]));
                steps.RemoveAll(other => other.Request.Agent == agent && other.Request.Stage >= step.Request.Stage);
            }

            lifted = JointStep.Apply(start, steps);
        }
    }

    private Task<ImmutableArray<CompilerFinding>> VerifyAsync(Solution solution, List<JointStep> steps, CancellationToken cancellationToken)
    {
        clock.Say(MigrationPhase.Verifying, steps.Where(step => !step.Texts.IsEmpty).Select(step => step.Request));
        return compiler.NewInAsync(solution, cancellationToken);
    }

    private static HashSet<AssessedAgent> TangleOf(AssessedAgent agent, List<JointStep> steps)
    {
        var tangle = new HashSet<AssessedAgent> { agent };
        int count;
        do
        {
            count = tangle.Count;
            var files = steps.Where(step => tangle.Contains(step.Request.Agent)).SelectMany(step => step.Outcome.Edited).ToHashSet(StringComparer.Ordinal);
            tangle.UnionWith(steps.Where(step => step.Outcome.Edited.Any(files.Contains)).Select(step => step.Request.Agent));
        }
        while (tangle.Count > count);
        return tangle;
    }
}
