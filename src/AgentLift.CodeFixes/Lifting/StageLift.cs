using System.Collections.Immutable;
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
        var before = await scope.ReadAsync(solution, cancellationToken).ConfigureAwait(false);
        var outcomes = before.ToDictionary(KeyOf, agent => new Outcome(agent));
        foreach (var pass in passes)
        {
            var result = await scope.ApplyAsync(pass, solution, cancellationToken).ConfigureAwait(false);
            solution = result.Solution;
            foreach (var agent in result.Agents)
            {
                if (outcomes.TryGetValue(KeyOf(agent.Agent), out var outcome))
                    outcome.Add(agent);
            }
        }

        foreach (var agent in await scope.ReadAsync(solution, cancellationToken).ConfigureAwait(false))
        {
            if (outcomes.TryGetValue(KeyOf(agent), out var outcome))
                outcome.End(agent);
        }

        return new LiftedSolution(solution, [.. outcomes.Values.Select(outcome => outcome.ToAgent())]) { Scope = scope };
    }

    private static (ProjectId Project, string Type) KeyOf(AgentCode agent) => (agent.Project.Id, agent.Type.ToDisplayString());

    private sealed class Outcome(AgentCode before)
    {
        private readonly List<Obstacle> obstacles = [];
        private readonly SortedSet<string> edited = new(StringComparer.Ordinal);
        private readonly List<LiftedSetting> settings = [];
        private AgentCode? after;
        private bool changed;

        public void Add(PassedAgent agent)
        {
            changed |= agent.Changed;
            obstacles.AddRange(agent.Obstacles);
            edited.UnionWith(agent.Edited);
            settings.AddRange(agent.Settings);
        }

        public void End(AgentCode agent) => after = agent;

        // What one pass left, a later one may have taken: an obstacle counts while its rule is still broken.
        public LiftedAgent ToAgent()
        {
            var left = after?.Findings.Evidence ?? ImmutableArray<Evidence>.Empty;
            return new LiftedAgent(
                before.Type.ToDisplayString(),
                changed,
                [.. obstacles.Where(obstacle => obstacle.RuleId.Length == 0 || left.Any(evidence => evidence.Rule.Id == obstacle.RuleId)).Distinct()])
            {
                Stage = after?.MarkedStage ?? MigrationStage.None,
                Files = [.. before.Type.DeclaringSyntaxReferences.Select(part => part.SyntaxTree.FilePath).Distinct().OrderBy(path => path, StringComparer.Ordinal)],
                Edited = [.. edited],
                Settings = [.. settings],
                Before = before.Findings.Evidence,
                After = left,
            };
        }
    }
}
