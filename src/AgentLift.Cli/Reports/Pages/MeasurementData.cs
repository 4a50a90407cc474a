using System.Collections.Immutable;
using AgentLift.Migration.Measuring;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>A measurement as data for other programs.</summary>
internal sealed record MeasurementData(
    string Agent,
    DateTimeOffset Taken,
    string Tool,
    string Machine,
    string ReadyWhen,
    int Runs,
    MeasuredEffectData StartToReadyMilliseconds,
    MeasuredEffectData? StartToFirstAnswerMilliseconds,
    MeasuredEffectData PeakMemoryUntilReadyBytes,
    MeasuredEffectData PeakMemoryBytes,
    string? Verdict,
    int AnswersCompared,
    int DifferingPairs,
    bool HasChildren,
    ImmutableArray<RunFigures> Before,
    ImmutableArray<RunFigures> After)
{
    public static MeasurementData Of(MeasuredFigures figures)
    {
        var measurement = figures.Measurement;
        return new(
            measurement.Agent,
            measurement.Taken,
            measurement.Tool,
            measurement.Machine,
            measurement.ReadyWhen,
            measurement.Before.Length,
            MeasuredEffectData.Of(figures.Ready),
            figures.FirstAnswer is { } answer ? MeasuredEffectData.Of(answer) : null,
            MeasuredEffectData.Of(figures.MemoryAtReady),
            MeasuredEffectData.Of(figures.Memory),
            MeasuredText.Key(figures.Ready.Improvement),
            measurement.Answers,
            measurement.DifferingPairs,
            measurement.HasChildren,
            measurement.Before,
            measurement.After);
    }
}

/// <summary>A figure before and after. The deviation is the median absolute deviation; the bounds of the improvement are those of its 95 % interval.</summary>
internal sealed record MeasuredEffectData(SpreadData Before, SpreadData After, double? ImprovementPercent, double? ImprovementLowestPercent, double? ImprovementHighestPercent)
{
    private const int Decimals = 2;

    public static MeasuredEffectData Of(Effect effect) => new(
        SpreadData.Of(effect.Before),
        SpreadData.Of(effect.After),
        Rounded(effect.Improvement?.Percent),
        Rounded(effect.Improvement?.Lowest),
        Rounded(effect.Improvement?.Highest));

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, Decimals) : null;
}

/// <summary>The middle of a sample and how far it spreads.</summary>
internal sealed record SpreadData(double Median, double Deviation, double Lowest, double Highest)
{
    private const int Decimals = 2;

    public static SpreadData Of(Spread spread) =>
        new(Math.Round(spread.Median, Decimals), Math.Round(spread.Deviation, Decimals), Math.Round(spread.Lowest, Decimals), Math.Round(spread.Highest, Decimals));
}
