using System.Globalization;
using AgentLift.Core.Rules;
using AgentLift.Migration.Measuring;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>Measured figures as people read them.</summary>
internal static class MeasuredText
{
    /// <summary>A number of percent with one decimal.</summary>
    public static string Percent(double percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0.0} %");

    /// <summary>The improvement; a dash where there is none to tell.</summary>
    public static string Percent(Improvement? improvement) => improvement is null ? "-" : Percent(improvement.Percent);

    /// <summary>The interval that holds it to 95 %.</summary>
    public static string Interval(Improvement? improvement) =>
        improvement is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{improvement.Lowest:0.0} to {improvement.Highest:0.0}");

    /// <summary>What the improvement of a start-up is worth, or that this is not clear.</summary>
    public static string Verdict(Improvement? improvement) => improvement switch
    {
        null => "-",
        { IsClear: true } => Word(improvement.Band),
        _ => "not clear",
    };

    /// <summary>The verdict with what is in doubt where it is not clear.</summary>
    public static string LongVerdict(Improvement? improvement) => improvement is { IsClear: false }
        ? $"not clear, from {Word(Improvement.BandOf(improvement.Lowest))} to {Word(Improvement.BandOf(improvement.Highest))} by the 95 % interval"
        : Verdict(improvement);

    /// <summary>The verdict for programs, in kebab case; <see langword="null"/> where there is none.</summary>
    public static string? Key(Improvement? improvement) => improvement is null ? null : improvement.IsClear ? KebabCase.ToKebabCase(improvement.Band) : "not-clear";

    private static string Word(ImprovementBand band) => band switch
    {
        ImprovementBand.Target => "target",
        ImprovementBand.Acceptable => "acceptable",
        ImprovementBand.TooSmall => "too small",
        _ => "regression",
    };
}
