using System.Collections.Immutable;
using System.Globalization;
using AgentLift.Core.Rules;
using AgentLift.Migration.Adoption;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>The status of a fleet as a page.</summary>
internal static class StatusPage
{
    public static Page Of(FleetStatus status) => new(
        "AgentLift status",
        status.Tool,
        status.Target,
        $"Adoption {Phrases.Adoption(status.Summary)}. Total score {status.Summary.TotalScore}.{Overdue(status)}",
        [
            new PageTable("Agents", ["Agent", "Level", "Score", "Stage", "Infra", "Core", "Integ"], [.. status.Agents.Select(Row)]),
            new PageTable("Trend", ["Run", "State", "Agents", "So far", "Stages"], [.. status.Trend.Select(TrendRow)]),
            new PageTable("Stays legacy", ["Agent", "What", "Review", "Reason"], [.. status.Exemptions.Select(ExemptionRow)]),
        ],
        status)
    {
        Errors = status.Errors,
    };

    private static string Overdue(FleetStatus status)
    {
        var overdue = status.Exemptions.Where(exemption => exemption.IsOverdue).Select(exemption => exemption.Exemption.Agent).Distinct().ToList();
        return overdue.Count == 0 ? string.Empty : $" Review is overdue for {string.Join(", ", overdue)}.";
    }

    private static ImmutableArray<string> Row(AgentStatus agent) =>
    [
        agent.Name,
        agent.Level.ToKebabCase(),
        agent.Score.ToString(CultureInfo.InvariantCulture),
        agent.Lifted ? "lifted" : agent.Stage == MigrationStage.None ? "not begun" : agent.Stage.ToKebabCase(),
        .. new[] { MigrationStage.Infrastructure, MigrationStage.CoreLogic, MigrationStage.Integration }
            .Select(stage => (agent.Left.FirstOrDefault(left => left.Stage == stage)?.Count ?? 0).ToString(CultureInfo.InvariantCulture)),
    ];

    private static ImmutableArray<string> TrendRow(TrendPoint point) =>
    [
        point.Run,
        point.State.ToKebabCase(),
        point.Agents.ToString(CultureInfo.InvariantCulture),
        point.AgentsSoFar.ToString(CultureInfo.InvariantCulture),
        string.Join(", ", point.ByStage.Select(stage => $"{stage.Key} {stage.Value}")),
    ];

    private static ImmutableArray<string> ExemptionRow(ExemptionStatus status) =>
    [
        status.Exemption.Agent,
        status.Exemption.Rules is { } rules ? string.Join(", ", rules) : "all",
        status.Exemption.Review.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + (status.IsOverdue ? " (overdue)" : string.Empty),
        status.Exemption.Reason + (status.IsKnown ? string.Empty : " (no such agent is found any more)"),
    ];
}
