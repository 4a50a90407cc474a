using System.Collections.Immutable;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Migrating;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>What a migration did, as a page.</summary>
internal static class MigrationPage
{
    public static Page Of(MigrationReport report) => new(
        report.DryRun ? "AgentLift dry run" : "AgentLift migration",
        report.Tool,
        report.Target,
        Lead(report),
        [
            new PageTable("Agents", ["Agent", "Level", "Outcome", "Stage", "Left as it is"], [.. report.Agents.Select(Row)]),
            new PageList("Put back", [.. Reasons(report, MigrationOutcome.PutBack)]),
            new PageList("Not verified, and not taken back", [.. Reasons(report, MigrationOutcome.Stuck)]),
            new PageList("Passed over", [.. Reasons(report, MigrationOutcome.Skipped).Where(line => !line.EndsWith("it was not asked for", StringComparison.Ordinal))]),
            new PagePlacesLeft("Left as it is", [.. report.Agents.SelectMany(agent => agent.Left.Select(left => (agent.Name, left)))]),
            new PageList(report.DryRun ? "Files that would change" : "Changed files", report.Files),
            new PageTable("Commands", ["Command", "Exit code"], [.. report.Verifications.Select(result => ImmutableArray.Create(result.Command, result.ExitCode.ToString()))]),
            new PageList("Stopped", report.Stop is { } stop ? [stop.Message, stop.NextStep] : []),
            new PageList("Next", [.. Next(report)]),
        ],
        report)
    {
        Errors = report.Errors,
        Places = [.. report.Agents.SelectMany(agent => agent.Left.Select(left => PlaceOf(agent, left)))],
    };

    private static string Lead(MigrationReport report)
    {
        int Count(MigrationOutcome outcome) => report.Agents.Count(agent => agent.Outcome == outcome);
        var lifted = Count(MigrationOutcome.Lifted);
        if (report.Files.IsEmpty && report.Succeeded)
            return "Nothing to do: no file differs from what a lift would make of it.";
        var verb = report.DryRun ? "would be lifted" : "lifted";
        var run = report.Run is null ? string.Empty : $" Run {report.Run}.";
        var stuck = Count(MigrationOutcome.Stuck) is > 0 and var standing ? $" {standing} not verified and not taken back," : string.Empty;
        return $"{Figures.Count(lifted, "agent")} {verb}, {Count(MigrationOutcome.PutBack)} put back,{stuck} {Count(MigrationOutcome.Unchanged)} without change, "
            + $"{Count(MigrationOutcome.Skipped)} passed over, {Count(MigrationOutcome.NotReached)} not reached; {Figures.Count(report.Files.Length, "file")}.{run}";
    }

    private static ImmutableArray<string> Row(MigratedAgent agent) =>
    [
        agent.Name,
        agent.Level.ToKebabCase(),
        agent.Outcome.ToKebabCase(),
        agent.Before == agent.Reached ? agent.Reached.ToKebabCase() : $"{agent.Before.ToKebabCase()} -> {agent.Reached.ToKebabCase()}",
        agent.Left.Length.ToString(),
    ];

    private static IEnumerable<string> Reasons(MigrationReport report, MigrationOutcome outcome) =>
        from agent in report.Agents
        where agent.Outcome == outcome
        from reason in agent.Reasons
        select $"{agent.Name}: {reason}";

    private static IEnumerable<string> Next(MigrationReport report)
    {
        if (report.Run is { } run)
        {
            yield return $"agentlift rollback --run {run}   takes all of it back";
            if (report.Files.Any(file => file.EndsWith("proj", StringComparison.Ordinal)))
                yield return "dotnet restore   brings the package that projects refer to now";
        }

        foreach (var agent in report.Agents.Where(agent => agent is { Strategy: MigrationStrategy.Framework, Outcome: MigrationOutcome.Lifted }))
            yield return $"{agent.Name} is of high risk: run old and new side by side (agentlift compare), then watch its roll-out for 24 h";
    }

    private static PagePlace PlaceOf(MigratedAgent agent, LeftPlace left) => new(
        RuleTable.TryGet(left.Rule, out var rule) ? rule : RuleTable.Get(RuleIds.NotABaseAgent),
        agent.Name,
        left.Place,
        $"'{agent.Name}' keeps this place: {left.Reason}",
        IsProblem: false);
}
