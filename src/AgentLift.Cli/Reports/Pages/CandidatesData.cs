using System.Collections.Immutable;
using AgentLift.Core.Candidates;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Candidates;
using AgentLift.Migration.Measuring;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>The optimisation candidates of a fleet as data for other programs.</summary>
internal sealed record CandidatesData(
    string Tool,
    string Target,
    int Agents,
    int Measured,
    double? AverageMeasuredImprovementPercent,
    ImmutableArray<CandidateData> Candidates,
    ImmutableArray<string> UnknownMeasured,
    ImmutableArray<AssessmentError> Errors)
{
    private const int Decimals = 2;

    public static CandidatesData Of(CandidateRanking ranking, ImmutableArray<RankedCandidate> shown) => new(
        ranking.Fleet.Tool,
        ranking.Fleet.Target,
        ranking.All.Length,
        ranking.Measured,
        ranking.AverageImprovement is { } average ? Math.Round(average, Decimals) : null,
        [.. shown.Select(CandidateData.Of)],
        ranking.Unknown,
        ranking.Fleet.Errors);
}

/// <summary>One candidate. The score is by measured figures where there are some; the estimate stands beside it.</summary>
internal sealed record CandidateData(
    int Rank,
    string Name,
    string Type,
    string Stage,
    decimal Score,
    string Potential,
    string Risk,
    decimal EstimatedScore,
    decimal EstimatedStartupSeconds,
    decimal EstimatedMemoryMegabytes,
    int HeavyDependencies,
    int EagerLoads,
    ImmutableArray<PatternData> Patterns,
    CandidateMeasurementData? Measured)
{
    public static CandidateData Of(RankedCandidate candidate) => new(
        candidate.Rank,
        candidate.Agent.Name,
        candidate.Agent.Type,
        candidate.Agent.Stage.ToKebabCase(),
        candidate.Score.Score,
        candidate.Score.Potential,
        candidate.Score.Risk,
        candidate.Estimated.Score,
        candidate.Estimated.StartupSeconds,
        candidate.Estimated.MemoryMegabytes,
        candidate.Score.HeavyDependencies,
        candidate.Score.EagerLoads,
        [.. candidate.Score.Patterns.Select(PatternData.Of)],
        candidate.Measured is { } measured ? CandidateMeasurementData.Of(measured) : null);
}

/// <summary>A recommended pattern and what it brought the original fleet, in percent; both <see langword="null"/> where that is not known.</summary>
internal sealed record PatternData(string Id, int? SeenLeastPercent, int? SeenMostPercent, string? Improves)
{
    public static PatternData Of(string id)
    {
        var pattern = OptimisationPattern.Find(id);
        return new(id, pattern?.LeastPercent, pattern?.MostPercent, pattern?.Improves);
    }
}

/// <summary>What was measured of a candidate.</summary>
internal sealed record CandidateMeasurementData(DateTimeOffset Taken, string Machine, MeasuredEffectData StartToReadyMilliseconds, MeasuredEffectData PeakMemoryBytes, string? Verdict)
{
    public static CandidateMeasurementData Of(MeasuredFigures measured) => new(
        measured.Measurement.Taken,
        measured.Measurement.Machine,
        MeasuredEffectData.Of(measured.Ready),
        MeasuredEffectData.Of(measured.Memory),
        MeasuredText.Key(measured.Ready.Improvement));
}
