using System.Collections.Immutable;
using AgentLift.Migration.Measuring;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>A measurement as a page.</summary>
internal static class MeasurementPage
{
    public static Page Of(MeasuredFigures figures) => new(
        "AgentLift measurement",
        figures.Measurement.Tool,
        figures.Measurement.Agent,
        Lead(figures),
        [
            new PageTable("Runs", ["Figure", "Form", "Median", "Deviation", "Smallest", "Largest"], [.. Effects(figures).SelectMany(row => SpreadRows(row.What, row.Effect, row.Unit))]),
            new PageTable("Improvement", ["Figure", "Less by", "95 % interval", "Verdict"], [.. Effects(figures).Select(row => ImprovementRow(row.What, row.Effect.Improvement, row.Judged))]),
            new PageList("How it was measured", [.. How(figures.Measurement)]),
        ],
        MeasurementData.Of(figures));

    private static string Lead(MeasuredFigures figures)
    {
        var improvement = figures.Ready.Improvement;
        var sooner = improvement switch
        {
            null => "its start took no time that could be told",
            { Percent: < 0 } => $"reaches ready {MeasuredText.Percent(-improvement.Percent)} later than before",
            _ => $"reaches ready {MeasuredText.Percent(improvement.Percent)} sooner than before",
        };
        return $"{figures.Measurement.Agent} {sooner}: {MeasuredText.LongVerdict(improvement)}.{Wire(figures.Measurement)}";
    }

    private static string Wire(AgentMeasurement measurement) => measurement switch
    {
        { DifferingPairs: > 0 } => $" In {measurement.DifferingPairs} of {Figures.Count(measurement.Before.Length, "pair")} of runs the two forms did not behave the same on the wire; agentlift compare shows where.",
        { Answers: > 0 } => $" In all {Figures.Count(measurement.Before.Length, "pair")} of runs the {measurement.Answers} answers are the same.",
        _ => string.Empty,
    };

    // Only the start is judged: what an improvement of memory is worth, SPEC does not say.
    private static IEnumerable<(string What, Effect Effect, FigureUnit Unit, bool Judged)> Effects(MeasuredFigures figures)
    {
        yield return ("start to ready", figures.Ready, FigureUnit.Milliseconds, true);
        if (figures.FirstAnswer is { } answer)
            yield return ("start to first answer", answer, FigureUnit.Milliseconds, false);
        yield return ("peak memory until ready", figures.MemoryAtReady, FigureUnit.Memory, false);
        yield return ("peak memory", figures.Memory, FigureUnit.Memory, false);
    }

    private static IEnumerable<ImmutableArray<string>> SpreadRows(string what, Effect effect, FigureUnit unit) =>
        [SpreadRow(what, "before", effect.Before, unit), SpreadRow(string.Empty, "after", effect.After, unit)];

    private static ImmutableArray<string> SpreadRow(string what, string form, Spread spread, FigureUnit unit) =>
        [what, form, unit.Of(spread.Median), unit.Of(spread.Deviation), unit.Of(spread.Lowest), unit.Of(spread.Highest)];

    private static ImmutableArray<string> ImprovementRow(string what, Improvement? improvement, bool judged) =>
        [what, MeasuredText.Percent(improvement), MeasuredText.Interval(improvement), judged ? MeasuredText.Verdict(improvement) : string.Empty];

    private static IEnumerable<string> How(AgentMeasurement measurement)
    {
        yield return $"{Figures.Count(measurement.Before.Length, "run")} of each form, in turn; the deviation is the median absolute deviation";
        yield return $"ready: {measurement.ReadyWhen}";
        yield return $"verdict: from {Improvement.TargetPercent} % the target, from {Improvement.AcceptablePercent} % acceptable, below {Improvement.RegressionPercent} % a regression; not clear where the 95 % interval reaches over one of them";
        yield return $"machine: {measurement.Machine}";
        if (measurement.HasChildren)
            yield return "the agent had started other processes, whose memory is not in these figures: measure the program itself, not one that starts it";
    }
}
