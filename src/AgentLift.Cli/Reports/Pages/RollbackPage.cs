using System.Collections.Immutable;
using System.Globalization;
using AgentLift.Core.Rules;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>What a rollback did, as a page.</summary>
internal static class RollbackPage
{
    /// <param name="report">What was done.</param>
    /// <param name="target">What was migrated, as it was given.</param>
    /// <param name="took">How long the files took.</param>
    public static Page Of(RollbackReport report, string target, TimeSpan took) => new(
        report.DryRun ? "AgentLift rollback, dry run" : "AgentLift rollback",
        ToolName.NameAndVersion,
        target,
        Lead(report, took),
        [
            new PageTable("Taken back", ["Stage", "Agent", "Files"], [.. report.Transactions.Select(step => ImmutableArray.Create(step.Stage, step.Agent, step.Files.Length.ToString()))]),
            new PageTable("Files", ["File", "What happens"], [.. report.Files.Select(file => ImmutableArray.Create(file.Path, file.Action.ToKebabCase()))]),
        ],
        report);

    private static string Lead(RollbackReport report, TimeSpan took) => report.Run is null
        ? "Nothing to take back: nothing that was selected still stands."
        : $"Run {report.Run}: {Figures.Count(report.Files.Length, "file")} {(report.DryRun ? "would be" : report.Files.Length == 1 ? "is" : "are")} as before{(report.DryRun ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", in {took.TotalSeconds:0.00} s"))}.";
}
