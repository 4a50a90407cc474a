using System.Text;

namespace AgentLift.Runtime.Monitoring;

/// <summary>Names of OpenTelemetry as names of Prometheus, by the rules of "Prometheus and OpenMetrics Compatibility" of the OpenTelemetry specification.</summary>
internal static class PrometheusName
{
    private const string Total = "_total";

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["KBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        ["%"] = "percent",
    };

    /// <summary>The name of a figure: the instrument's, its unit, and <c>_total</c> for a counter.</summary>
    public static string Of(string instrument, string? unit, InstrumentKind kind)
    {
        var name = Clean(instrument);
        if (kind == InstrumentKind.Counter && name.EndsWith(Total, StringComparison.Ordinal))
            name = name[..^Total.Length];
        var suffix = unit == "1" ? (kind == InstrumentKind.Gauge ? "ratio" : string.Empty) : UnitOf(unit);
        if (suffix.Length > 0 && name != suffix && !name.EndsWith("_" + suffix, StringComparison.Ordinal))
            name = $"{name}_{suffix}";
        return kind == InstrumentKind.Counter ? name + Total : name;
    }

    /// <summary>The name of a label. <c>le</c> is a histogram's own.</summary>
    public static string OfLabel(string tag) => Clean(tag) is var name && name == "le" ? "le_" : name;

    private static string UnitOf(string? unit)
    {
        var plain = WithoutAnnotations(unit ?? string.Empty);
        var slash = plain.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return Word(plain);
        var per = Word(plain[(slash + 1)..]);
        var what = Word(plain[..slash]);
        return per.Length == 0 ? what : $"{what}_per_{per.TrimEnd('s')}".TrimStart('_');
    }

    private static string Word(string unit) => unit.Length == 0 || unit == "1" ? string.Empty : Units.TryGetValue(unit, out var word) ? word : Clean(unit).Trim('_');

    // "{request}" says what is counted; it is no unit.
    private static string WithoutAnnotations(string unit)
    {
        var open = unit.IndexOf('{', StringComparison.Ordinal);
        var close = open < 0 ? -1 : unit.IndexOf('}', open);
        return close < 0 ? unit.Trim() : WithoutAnnotations(unit.Remove(open, close - open + 1));
    }

    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length + 1);
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
            clean.Append('_');
        foreach (var letter in name)
        {
            var kept = char.IsAsciiLetterOrDigit(letter) ? letter : '_';
            if (kept != '_' || clean.Length == 0 || clean[^1] != '_')
                clean.Append(kept);
        }

        return clean.ToString();
    }
}
