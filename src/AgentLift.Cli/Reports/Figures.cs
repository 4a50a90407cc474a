using System.Globalization;

namespace AgentLift.Cli.Reports;

/// <summary>How figures look in every report, whatever the culture of the machine.</summary>
internal static class Figures
{
    /// <summary>All decimals that matter and none that do not: <c>0.30</c> becomes <c>0.3</c>.</summary>
    public static string Plain(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>Always one decimal, as percentages and candidate scores have.</summary>
    public static string Tenths(decimal value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>A number and its noun: <c>1 agent</c>, <c>3 agents</c>.</summary>
    public static string Count(int number, string singular, string? plural = null) =>
        $"{number.ToString(CultureInfo.InvariantCulture)} {(number == 1 ? singular : plural ?? singular + "s")}";
}
