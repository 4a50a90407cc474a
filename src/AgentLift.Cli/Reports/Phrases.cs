using AgentLift.Core.Candidates;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Migrating;

namespace AgentLift.Cli.Reports;

/// <summary>Phrases that reports for people share, so that all of them say the same.</summary>
internal static class Phrases
{
    /// <summary>Adoption as SPEC section 11 writes it: <c>207 of 216, 95.8 %</c>.</summary>
    public static string Adoption(FleetSummary summary) =>
        $"{summary.Lifted} of {summary.Agents}, {Figures.Tenths(summary.AdoptionPercent)} %";

    /// <summary>Levels and their counts, worst first: <c>1 critical, 2 high, 0 medium, 4 low</c>.</summary>
    public static string ByLevel(FleetSummary summary) =>
        string.Join(", ", LevelsWorstFirst.Select(level => $"{summary.ByLevel[level]} {level.ToKebabCase()}"));

    /// <summary>All levels, worst first.</summary>
    public static IReadOnlyList<RiskLevel> LevelsWorstFirst { get; } = [.. Enum.GetValues<RiskLevel>().OrderDescending()];

    /// <summary>The stage as a heading.</summary>
    public static string Title(MigrationStage stage) => stage switch
    {
        MigrationStage.Infrastructure => "Infrastructure",
        MigrationStage.CoreLogic => "Core logic",
        MigrationStage.Integration => "Integration",
        _ => "Outside the stages",
    };

    /// <summary>How far an agent has come.</summary>
    public static string Reached(AssessedAgent agent) =>
        agent.Lifted ? "lifted" : agent.Stage == MigrationStage.None ? "not begun" : agent.Stage.ToKebabCase();

    /// <summary>The family as a heading.</summary>
    public static string FamilyTitle(int family) => RuleFamilies.NameOf(family) switch
    {
        "HeavyDependencies" => "Heavy dependencies",
        "Gpu" => "GPU",
        var name => name,
    };

    /// <summary>What the fix of a finding promises, for people, and why there is none where the rule has one.</summary>
    public static string Fix(AssessedEvidence finding) => finding.FixObstacle is { } obstacle ? $"{Fix(finding.Fix)}: {obstacle}" : Fix(finding.Fix);

    private static string Fix(FixKind fix) => fix switch
    {
        FixKind.Safe => "safe fix",
        FixKind.Assisted => "assisted fix",
        _ => "no automatic fix",
    };

    /// <summary>The verdict on a candidate.</summary>
    public static string Candidate(CandidateScore candidate) =>
        $"{candidate.Potential} potential, {candidate.Risk} risk";

    /// <summary>File and line of an error, as far as known.</summary>
    public static string? Place(AssessmentError error) => (error.File, error.Line) switch
    {
        (null, _) => null,
        (var file, null) => file,
        var (file, line) => $"{file}:{line}",
    };

    /// <summary>File and line of a place that is left.</summary>
    public static string Place(LeftPlace left) => $"{left.Place.File}:{left.Place.Line}";

    /// <summary>The text with a full stop, unless it ends a sentence by itself.</summary>
    public static string Sentence(string text)
    {
        var trimmed = text.TrimEnd();
        return trimmed is [.., '.' or '!' or '?'] ? trimmed : trimmed + ".";
    }

    /// <summary>The agent to look at first: the riskiest that is not lifted yet.</summary>
    public static AssessedAgent? First(FleetAssessment fleet) => fleet.Agents.FirstOrDefault(agent => !agent.Lifted);
}
