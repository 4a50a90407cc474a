using System.Collections.Immutable;
using System.Globalization;
using AgentLift.Core.Candidates;
using AgentLift.Core.Rules;
using AgentLift.Migration.Candidates;
using AgentLift.Migration.Measuring;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>The optimisation candidates of a fleet as a page.</summary>
internal static class CandidatesPage
{
    /// <param name="ranking">All candidates.</param>
    /// <param name="shown">Those to list.</param>
    public static Page Of(CandidateRanking ranking, ImmutableArray<RankedCandidate> shown) => new(
        "AgentLift candidates",
        ranking.Fleet.Tool,
        ranking.Fleet.Target,
        Lead(ranking, shown.Length),
        [
            new PageTable(
                "Candidates",
                ["#", "Agent", "Score", "Potential", "Risk", "Est. score", "Est. start", "Est. memory", "Heavy", "Eager"],
                [.. shown.Select(Row)]),
            new PageTable(
                "Measured",
                ["Agent", "Ready before", "Ready after", "Less by", "95 % interval", "Peak memory", "Verdict"],
                [.. shown.Where(candidate => candidate.Measured is not null).Select(candidate => MeasuredRow(candidate.Agent.Name, candidate.Measured!))]),
            new PageList("Recommended", [.. shown.Where(candidate => !candidate.Score.Patterns.IsEmpty).Select(Recommended)]),
            new PageList("What the patterns brought the original fleet", [.. Patterns(shown).Select(Explained)]),
            new PageList("Measured, but not found any more", ranking.Unknown),
        ],
        CandidatesData.Of(ranking, shown))
    {
        Errors = ranking.Fleet.Errors,
        Places = [.. shown.Where(candidate => candidate.Score.Score >= CandidateScorer.WorthOptimising).Select(PlaceOf)],
    };

    private static string Lead(CandidateRanking ranking, int shown)
    {
        var worth = ranking.All.Count(candidate => candidate.Score.Score >= CandidateScorer.WorthOptimising);
        var those = shown == ranking.All.Length ? string.Empty : $", {shown} of them shown";
        var measured = ranking.AverageImprovement is { } average
            ? $"{ranking.Measured} measured: ready {MeasuredText.Percent(Math.Abs(average))} {(average < 0 ? "later" : "sooner")} on average (the original fleet: {MeasuredText.Percent(OptimisationPattern.OriginalAveragePercent)} sooner)."
            : "None measured: agentlift measure ... --save starts an agent before and after.";
        return $"{Figures.Count(ranking.All.Length, "agent")}{those}, {worth} with a score of {Figures.Plain(CandidateScorer.WorthOptimising)} or more. {measured}";
    }

    private static ImmutableArray<string> Row(RankedCandidate candidate) =>
    [
        candidate.Rank.ToString(CultureInfo.InvariantCulture),
        candidate.Agent.Name,
        Figures.Tenths(candidate.Score.Score),
        candidate.Score.Potential,
        candidate.Score.Risk,
        Figures.Tenths(candidate.Estimated.Score),
        $"{Figures.Plain(candidate.Estimated.StartupSeconds)} s",
        $"{Figures.Plain(candidate.Estimated.MemoryMegabytes)} MB",
        candidate.Score.HeavyDependencies.ToString(CultureInfo.InvariantCulture),
        candidate.Score.EagerLoads.ToString(CultureInfo.InvariantCulture),
    ];

    private static ImmutableArray<string> MeasuredRow(string agent, MeasuredFigures measured) =>
    [
        agent,
        Milliseconds(measured.Ready.Before),
        Milliseconds(measured.Ready.After),
        MeasuredText.Percent(measured.Ready.Improvement),
        MeasuredText.Interval(measured.Ready.Improvement),
        string.Create(CultureInfo.InvariantCulture, $"{measured.Memory.Before.Median / FigureUnit.Memory.Size:0} -> {measured.Memory.After.Median / FigureUnit.Memory.Size:0} {FigureUnit.Memory.Name}"),
        MeasuredText.Verdict(measured.Ready.Improvement),
    ];

    private static string Milliseconds(Spread spread) => string.Create(CultureInfo.InvariantCulture, $"{spread.Median:0} ± {spread.Deviation:0} ms");

    private static string Recommended(RankedCandidate candidate) =>
        $"{candidate.Agent.Name}: {string.Join(", ", candidate.Score.Patterns.Select(id => OptimisationPattern.Find(id)?.Name ?? id))}";

    private static IEnumerable<OptimisationPattern> Patterns(ImmutableArray<RankedCandidate> shown) =>
        OptimisationPattern.All.Where(pattern => shown.Any(candidate => candidate.Score.Patterns.Contains(pattern.Id)));

    private static string Explained(OptimisationPattern pattern) => $"{pattern.Name}: {pattern.LeastPercent} to {pattern.MostPercent} % of {pattern.Improves}";

    private static PagePlace PlaceOf(RankedCandidate candidate) => new(
        RuleTable.Get(RuleIds.OptimizationCandidate),
        candidate.Agent.Name,
        candidate.Agent.Declaration,
        $"'{candidate.Agent.Name}' is an optimisation candidate, score {Figures.Tenths(candidate.Score.Score)} of 10 ({Phrases.Candidate(candidate.Score)}): {string.Join(", ", candidate.Score.Patterns)}",
        IsProblem: false);
}
