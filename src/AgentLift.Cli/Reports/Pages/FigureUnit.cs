using System.Globalization;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>A unit that measured figures are shown in, with one decimal.</summary>
/// <param name="Size">How many of the figure's own units it stands for.</param>
/// <param name="Name">Its name.</param>
internal sealed record FigureUnit(double Size, string Name)
{
    /// <summary>Milliseconds of milliseconds.</summary>
    public static FigureUnit Milliseconds { get; } = new(1, "ms");

    /// <summary>MiB of bytes.</summary>
    public static FigureUnit Memory { get; } = new(1024 * 1024, "MiB");

    /// <summary>A figure in the unit.</summary>
    public string Of(double value) => string.Create(CultureInfo.InvariantCulture, $"{value / Size:0.0} {Name}");
}
