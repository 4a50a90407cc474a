using AgentLift.Core.Risk;
using Spectre.Console;

namespace AgentLift.Cli.Reports.Terminal;

/// <summary>How a level is coloured. The level's word always stands beside the colour.</summary>
internal static class LevelStyle
{
    /// <summary>The style of a level.</summary>
    public static Style Of(RiskLevel level) => level switch
    {
        RiskLevel.Low => new Style(Color.Green),
        RiskLevel.Medium => new Style(Color.Yellow),
        RiskLevel.High => new Style(Color.DarkOrange),
        _ => new Style(Color.Red, decoration: Decoration.Bold),
    };
}
