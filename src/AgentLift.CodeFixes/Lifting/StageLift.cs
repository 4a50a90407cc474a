using System.Collections.Immutable;
using AgentLift.Core.Assessment;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>Lifts the agents of a solution by one stage. The lightbulb, Fix All and the tool all come here.</summary>
public static class StageLift
{
    /// <summary>Rewrites the wanted agents, pass by pass. An agent that has not come through the stages before is taken through them first.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="stage">The stage to reach.</param>
    /// <param name="options">Which agents, and how far to go.</param>
    /// <param name="cancellationToken">Stops between agents.</param>
    public static Task<LiftedSolution> ApplyAsync(Solution solution, MigrationStage stage, LiftOptions options, CancellationToken cancellationToken) =>
        ApplyAsync(solution, Stages.UpTo(stage), options, cancellationToken);

    internal static async Task<LiftedSolution> ApplyAsync(Solution solution, ImmutableArray<ILiftPass> passes, LiftOptions options, CancellationToken cancellationToken)
    {
        var scope = options.Scope ?? new LiftScope(options);
        scope.Begin(passes, solution);
        var outcomes = new Dictionary<AgentKey, Outcome>();
        foreach (var agent in await ReadAsync(scope, solution, cancellationToken).ConfigureAwait(false))
            outcomes[agent.Key] = new Outcome(agent);
        foreach (var pass in passes)
        {
            var result = await scope.ApplyAsync(pass, solution, cancellationToken).ConfigureAwait(false);
            solution = result.Solution;
            foreach (var agent in result.Agents)
            {
                if (outcomes.TryGetValue(agent.Agent, out var outcome))
                    outcome.Add(agent);
            }
        }

        if (options.RunGenerators is { } run)
            solution = await run(solution, cancellationToken).ConfigureAwait(false);
        foreach (var agent in await ReadAsync(scope, solution, cancellationToken).ConfigureAwait(false))
        {
            if (outcomes.TryGetValue(agent.Key, out var outcome))
                outcome.End(agent);
        }

        return new LiftedSolution(solution, [.. outcomes.Values.Select(outcome => outcome.ToAgent())]) { Scope = scope };
    }

    private static async Task<IReadOnlyList<AgentCode>> ReadAsync(LiftScope scope, Solution solution, CancellationToken cancellationToken)
    {
        var agents = await scope.ReadAsync(solution, cancellationToken).ConfigureAwait(false);
        Parallel.ForEach(agents, new ParallelOptions { CancellationToken = cancellationToken }, static agent => _ = agent.Settled);
        return agents;
    }

    // It keeps nothing of the code that it saw, which would stay in memory with all that the compiler knows of it.
    private sealed class Outcome(AgentCode before)
    {
        private readonly string name = before.Type.ToDisplayString();
        private readonly ImmutableArray<string> files = [.. before.Type.DeclaringSyntaxReferences.Select(part => part.SyntaxTree.FilePath).Distinct().OrderBy(path => path, StringComparer.Ordinal)];
        private readonly ImmutableArray<SettledEvidence> found = before.Settled;
        private readonly List<Obstacle> obstacles = [];
        private readonly SortedSet<string> edited = new(StringComparer.Ordinal);
        private readonly List<LiftedSetting> settings = [];
        private ImmutableArray<SettledEvidence> left = [];
        private MigrationStage marked;
        private MigrationStage reached;
        private bool changed;

        public void Add(PassedAgent agent)
        {
            changed |= agent.Changed;
            obstacles.AddRange(agent.Obstacles);
            edited.UnionWith(agent.Edited);
            settings.AddRange(agent.Settings);
        }

        public void End(AgentCode agent)
        {
            left = agent.Settled;
            marked = agent.MarkedStage;
            reached = MigrationMarker.StageReached(agent.Findings.Evidence, marked == MigrationStage.None ? null : marked);
        }

        // What one pass left, a later one may have taken: an obstacle counts while its rule is still broken.
        public LiftedAgent ToAgent() => new(
            name,
            changed,
            [.. obstacles.Where(obstacle => obstacle.RuleId.Length == 0 || left.Any(evidence => evidence.Rule.Id == obstacle.RuleId)).Distinct()])
        {
            Stage = marked,
            Reached = reached,
            Files = files,
            Edited = [.. edited],
            Settings = [.. settings],
            Before = found,
            After = left,
        };
    }
}
