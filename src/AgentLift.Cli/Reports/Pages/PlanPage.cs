using System.Collections.Immutable;
using System.Globalization;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Migrating;
using AgentLift.Migration.Planning;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>A plan as a page.</summary>
internal static class PlanPage
{
    public static Page Of(MigrationPlan plan) => new(
        "AgentLift plan",
        plan.Tool,
        plan.Target,
        Lead(plan),
        [
            new PageTable("Batches", ["Batch", "Agent", "Level", "Score", "Strategy", "Infra", "Core", "Integ", "Left", "Budget", "Needs"], [.. plan.Batches.SelectMany(batch => batch.Agents.Select(agent => Row(batch, agent)))]),
            new PageTable("What the stages remove", ["Agent", "Stage", "Found", "Gone"], [.. Agents(plan).SelectMany(StageRows)]),
            new PageList("Strategy", [.. Agents(plan).Select(agent => agent.Strategy).Distinct().Order().Select(Explained)]),
            new PagePlacesLeft("Stays for people", [.. Agents(plan).SelectMany(agent => agent.Manual.Select(left => (agent.Name, left)))]),
            new PageList("Passed over", [.. plan.PassedOver.Where(agent => !agent.Reason.EndsWith("not asked for", StringComparison.Ordinal)).Select(agent => $"{agent.Name} ({agent.Level.ToKebabCase()}): {agent.Reason}")]),
        ],
        plan)
    {
        Errors = plan.Errors,
        Places = [.. Agents(plan).SelectMany(agent => agent.Manual.Select(left => PlaceOf(agent, left)))],
    };

    private static IEnumerable<PlannedAgent> Agents(MigrationPlan plan) => plan.Batches.SelectMany(batch => batch.Agents);

    private static string Lead(MigrationPlan plan)
    {
        var agents = Agents(plan).ToList();
        var longest = agents.Aggregate(TimeSpan.Zero, (sum, agent) => sum + (agent.Budget?.To ?? TimeSpan.Zero));
        return $"{Figures.Count(agents.Count, "agent")} in {Figures.Count(plan.Batches.Length, "batch", "batches")}, {plan.PassedOver.Length} passed over; "
            + $"{agents.Sum(agent => agent.Stages.Sum(stage => stage.Removes.Values.Sum()))} findings go, {agents.Sum(agent => agent.Manual.Length)} stay for people; time budget up to {Minutes(longest)} min.";
    }

    private static ImmutableArray<string> Row(PlannedBatch batch, PlannedAgent agent) =>
    [
        batch.Number.ToString(CultureInfo.InvariantCulture),
        agent.Name,
        agent.Level.ToKebabCase(),
        agent.Score.ToString(CultureInfo.InvariantCulture),
        agent.Strategy.ToKebabCase(),
        .. new[] { MigrationStage.Infrastructure, MigrationStage.CoreLogic, MigrationStage.Integration }.Select(stage => Gone(agent, stage)),
        agent.Manual.Length.ToString(CultureInfo.InvariantCulture),
        agent.Budget is not { } budget ? "-" : budget.From == TimeSpan.Zero ? $"{budget.To.TotalSeconds:0} s" : $"{Minutes(budget.From)}-{Minutes(budget.To)} min",
        string.Join(", ", agent.DependsOn),
    ];

    // Of the findings of a stage, whichever stage removes them: one may take some of the next along.
    private static string Gone(PlannedAgent agent, MigrationStage stage) => agent.Stages.FirstOrDefault(step => step.Stage == stage) is { } planned
        ? $"{agent.Stages.SelectMany(step => step.Removes).Where(rule => RuleTable.Get(rule.Key).Stage == stage).Sum(rule => rule.Value)} of {planned.Found}"
        : "-";

    private static IEnumerable<ImmutableArray<string>> StageRows(PlannedAgent agent) =>
        agent.Stages.Where(stage => stage.Removes.Count > 0).Select(stage => ImmutableArray.Create(
            agent.Name,
            stage.Stage.ToKebabCase(),
            stage.Found.ToString(CultureInfo.InvariantCulture),
            string.Join(", ", stage.Removes.Select(rule => rule.Value == 1 ? rule.Key : $"{rule.Key} x {rule.Value}"))));

    private static string Explained(MigrationStrategy strategy) => $"{strategy.ToKebabCase()}: {StrategyPhrase.Of(strategy)}" + (strategy switch
    {
        MigrationStrategy.Framework => "; run both with agentlift compare, then watch the roll-out for 24 h",
        _ => string.Empty,
    });

    private static PagePlace PlaceOf(PlannedAgent agent, LeftPlace left) => new(
        RuleTable.TryGet(left.Rule, out var rule) ? rule : RuleTable.Get(RuleIds.NotABaseAgent),
        agent.Name,
        left.Place,
        $"'{agent.Name}' keeps this place for a person: {left.Reason}",
        IsProblem: false);

    private static string Minutes(TimeSpan time) => time.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture);
}
