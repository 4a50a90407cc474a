using AgentLift.Core.Risk;
using AgentLift.Core.Rules;

namespace AgentLift.Cli.Reports.Html;

/// <summary>A level as four steps, filled up to the level, beside its word: colour is never the only sign.</summary>
internal static class LevelMark
{
    private const int StepWidth = 3;
    private const int StepGap = 2;

    /// <summary>Writes the mark and the word.</summary>
    public static void Write(HtmlWriter html, RiskLevel level)
    {
        var steps = Enum.GetValues<RiskLevel>();
        var width = steps.Length * (StepWidth + StepGap) - StepGap;
        using (html.Open("span", ("class", $"level {level.ToKebabCase()}")))
        {
            using (html.Open("svg", ("viewBox", $"0 0 {width} 12"), ("aria-hidden", "true")))
            {
                foreach (var step in steps)
                {
                    var height = 3 + 3 * (int)step;
                    html.Empty(
                        "rect",
                        ("class", step <= level ? "on" : "off"),
                        ("x", $"{(int)step * (StepWidth + StepGap)}"),
                        ("y", $"{12 - height}"),
                        ("width", $"{StepWidth}"),
                        ("height", $"{height}"));
                }
            }

            html.Text(level.ToKebabCase());
        }
    }
}
