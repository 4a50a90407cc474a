using System.Collections.Immutable;
using System.Globalization;
using AgentLift.Core.Rules;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>The history of runs as a page.</summary>
internal static class RunsPage
{
    public static Page Of(ImmutableArray<RunSummary> runs, string target) => new(
        "AgentLift runs",
        ToolName.NameAndVersion,
        target,
        runs.IsEmpty ? "No run has written anything." : $"{Figures.Count(runs.Length, "run")}; the last one: {runs[^1].State.ToKebabCase()}.",
        [new PageTable("Runs", ["Run", "Started (UTC)", "State", "Stages", "Agents", "Files", "Command"], [.. runs.Select(Row)])],
        runs);

    private static ImmutableArray<string> Row(RunSummary run) =>
    [
        run.Id,
        run.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        run.State.ToKebabCase(),
        string.Join(", ", run.Stages),
        run.Agents.Count(agent => !agent.EndsWith("proj", StringComparison.Ordinal)).ToString(CultureInfo.InvariantCulture),
        run.Files.Length.ToString(CultureInfo.InvariantCulture),
        run.Info.CommandLine,
    ];
}
