using AgentLift.Core.Risk;
using Spectre.Console;

namespace AgentLift.Cli.Reports.Terminal;

/// <summary>A score as a number with a bar behind it.</summary>
internal static class ScoreBar
{
    /// <summary>The highest score of the built-in matrices (SPEC section 3).</summary>
    private const int BuiltInScale = 50;

    /// <summary>Draws a score with a bar of <paramref name="cells"/> characters.</summary>
    public static Paragraph Of(RiskScore risk, int cells, bool unicode)
    {
        var filled = Math.Clamp((int)Math.Round((double)cells * risk.Score / BuiltInScale, MidpointRounding.AwayFromZero), 0, cells);
        var (full, empty) = unicode ? ('\u2588', '\u2591') : ('#', '.');
        return new Paragraph { Overflow = Overflow.Crop }
            .Append($"{risk.Score,2} ")
            .Append(new string(full, filled), LevelStyle.Of(risk.Level))
            .Append(new string(empty, cells - filled), new Style(decoration: Decoration.Dim));
    }
}
