using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Migrating;
using AgentLift.Migration.References;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Planning;

/// <summary>Plans a migration: order, batches and strategy from the assessment, and from a lift in memory what each stage removes and what stays.</summary>
public sealed class MigrationPlanner
{
    private static readonly ImmutableArray<MigrationStage> Stages = [MigrationStage.Infrastructure, MigrationStage.CoreLogic, MigrationStage.Integration];

    private readonly MigrationSource source;
    private readonly MigrationOptions options;

    /// <summary>Creates the planner.</summary>
    /// <param name="source">The target, loaded.</param>
    /// <param name="options">As for the migration.</param>
    public MigrationPlanner(MigrationSource source, MigrationOptions options) => (this.source, this.options) = (source, options);

    /// <summary>Makes the plan; writes nothing.</summary>
    /// <exception cref="UnusableInputException">A name means no agent.</exception>
    public async Task<MigrationPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var fleet = source.Assessment;
        var named = AgentSelection.Named(fleet, options.Agents);
        var dependencies = await AgentDependencies.OfAsync(source.Solution, fleet.Agents, source.Manifest, cancellationToken).ConfigureAwait(false);
        var order = MigrationOrder.Of(fleet.Agents, dependencies);
        var wanted = order.Where(agent => AgentSelection.Skipped(source, agent, named) is null).ToImmutableArray();
        var lifted = await LiftAsync(wanted, cancellationToken).ConfigureAwait(false);
        var planned = wanted.Select(agent => PlannedOf(agent, dependencies[agent], lifted));
        return new MigrationPlan(
            options.Tool,
            fleet.Target,
            fleet.Matrix,
            options.Stage,
            [.. planned.Chunk(options.BatchSize).Select((batch, index) => new PlannedBatch(index + 1, [.. batch]))],
            [.. order.Except(wanted).Select(agent => new PassedOverAgent(agent.Name, agent.Risk.Level, AgentSelection.Skipped(source, agent, named)!))],
            fleet.Errors);
    }

    // All agents at once: what would be written is only counted, and nothing is compiled.
    private async Task<List<(MigrationStage Stage, ILookup<string, LiftedAgent> Agents)>> LiftAsync(ImmutableArray<AssessedAgent> agents, CancellationToken cancellationToken)
    {
        var types = agents.Select(agent => agent.Type).ToHashSet(StringComparer.Ordinal);
        var solution = await WithRuntimeAsync(agents, cancellationToken).ConfigureAwait(false);
        var lift = new LiftOptions(type => types.Contains(type.ToDisplayString(AgentReport.FullName)))
        {
            IncludeAssisted = options.IncludeAssisted,
            Readings = source.TakeReadings(solution),
        };
        var stages = new List<(MigrationStage, ILookup<string, LiftedAgent>)>();
        foreach (var stage in Stages.Where(stage => stage <= options.Stage))
        {
            // What generators write for an agent is not for its rewriters to read. The last lift looks once more at what earlier stages can do by now, as a migration does behind it.
            if (stage == options.Stage)
            {
                lift = lift with { RunGenerators = source.Generators.RunOnAsync };
                lift.Scope?.StartOver();
            }

            var lifted = await StageLift.ApplyAsync(solution, stage, lift, cancellationToken).ConfigureAwait(false);
            stages.Add((stage, lifted.Agents.ToLookup(agent => agent.Agent, StringComparer.Ordinal)));
            (solution, lift) = (lifted.Solution, lift with { Scope = lifted.Scope });
        }

        return stages;
    }

    private async Task<Solution> WithRuntimeAsync(ImmutableArray<AssessedAgent> agents, CancellationToken cancellationToken)
    {
        var reference = new RuntimeReference(options.RuntimeAssembly, source.Generators);
        var solution = source.Solution;
        foreach (var id in agents.SelectMany(agent => StepLifter.ProjectsOf(source.Solution, agent)).Distinct())
        {
            var project = solution.GetProject(id)!;
            if (!await reference.IsSeenByAsync(project, cancellationToken).ConfigureAwait(false)
                && await reference.RefusalOfAsync(project, cancellationToken).ConfigureAwait(false) is null)
            {
                solution = reference.AddTo(solution, id);
            }
        }

        return await source.Generators.RunOnAsync(solution, cancellationToken).ConfigureAwait(false);
    }

    private PlannedAgent PlannedOf(AssessedAgent agent, ImmutableHashSet<AssessedAgent> needs, List<(MigrationStage Stage, ILookup<string, LiftedAgent> Agents)> lifted)
    {
        var steps = lifted.Select(step => (step.Stage, Agent: step.Agents[agent.Type].FirstOrDefault())).Where(step => step.Agent is not null).ToList();
        return new PlannedAgent(
            agent.Name,
            agent.Type,
            agent.Risk.Score,
            agent.Risk.Level,
            agent.Risk.Strategy,
            TimeBudget.Of(agent.Risk.Level),
            [.. needs.Select(other => other.Name).Order(StringComparer.Ordinal)],
            [.. steps.Select(step => new PlannedStage(step.Stage, agent.Evidence.Count(evidence => evidence.Rule.Stage == step.Stage), RemovedBy(step.Agent!)))],
            steps.Count == 0 ? [] : new LeftPlaces(source.Root, options.IncludeAssisted).Of(steps[^1].Agent!, options.Stage, steps[0].Agent!.Before));
    }

    private static ImmutableSortedDictionary<string, int> RemovedBy(LiftedAgent agent) => agent.Before
        .GroupBy(evidence => evidence.Rule.Id)
        .Select(group => (Rule: group.Key, Gone: group.Count() - agent.After.Count(evidence => evidence.Rule.Id == group.Key)))
        .Where(rule => rule.Gone > 0)
        .ToImmutableSortedDictionary(rule => rule.Rule, rule => rule.Gone, StringComparer.Ordinal);
}
