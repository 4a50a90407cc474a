using System.Collections.Immutable;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Verification;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Migrating;

/// <summary>An agent whose stage was not kept, and why.</summary>
internal sealed record PutBackAgent(StepRequest Request, ImmutableArray<string> Reasons);

/// <summary>What a round leaves: steps that stand on one another and compile together, and the agents that were put back.</summary>
internal sealed record RoundResult(Solution Solution, ImmutableArray<LiftStep> Steps, ImmutableArray<PutBackAgent> PutBack);

/// <summary>Lifts agents one after the other, and takes out those that bring errors or warnings until the rest is as clean as before.</summary>
internal sealed class LiftRound(StepLifter lifter, CompilerCheck compiler, MigrationClock clock, FindingText text)
{
    private readonly List<LiftStep> steps = [];
    private readonly List<PutBackAgent> putBack = [];

    /// <param name="start">The code to start from; verified already.</param>
    /// <param name="wanted">Who goes through what, in order.</param>
    /// <param name="cancellationToken">Stops the round; nothing is written yet.</param>
    public async Task<RoundResult> RunAsync(Solution start, ImmutableArray<StepRequest> wanted, CancellationToken cancellationToken)
    {
        var solution = start;
        while (true)
        {
            foreach (var request in wanted.Where(request => !IsPutBack(request.Agent)))
            {
                clock.Say(MigrationPhase.Lifting, request.Agent.Name, request.Stage);
                solution = await LiftAsync(solution, request, cancellationToken).ConfigureAwait(false);
            }

            if (solution != start)
                clock.Say(MigrationPhase.Verifying, steps.Where(step => step.Changed).Select(step => step.Request));
            if (solution == start || (await compiler.NewInAsync(solution, cancellationToken).ConfigureAwait(false)).IsEmpty)
                return new RoundResult(solution, [.. steps], [.. putBack]);

            // Who stood on the broken step is lifted once more, without it.
            var (index, findings) = await FirstBrokenAsync(cancellationToken).ConfigureAwait(false);
            var broken = steps[index];
            putBack.Add(new PutBackAgent(broken.Request, text.Reasons(findings)));
            wanted = [.. steps.Skip(index + 1).Select(step => step.Request)];
            steps.RemoveRange(index, steps.Count - index);
            solution = broken.Before;
        }
    }

    private async Task<Solution> LiftAsync(Solution solution, StepRequest request, CancellationToken cancellationToken)
    {
        var (step, problems) = await lifter.LiftAsync(solution, request, cancellationToken).ConfigureAwait(false);
        if (step is null || !problems.IsEmpty)
        {
            putBack.Add(new PutBackAgent(request, problems));
            return solution;
        }

        steps.Add(step);
        return step.After;
    }

    private bool IsPutBack(AssessedAgent agent) => putBack.Any(other => other.Request.Agent == agent);

    private async Task<(int Index, ImmutableArray<CompilerFinding> Findings)> FirstBrokenAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Changed && await compiler.NewInAsync(steps[i].After, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } findings)
                return (i, findings);
        }

        throw new InvalidOperationException("The whole brings an error that no step brings.");
    }
}
