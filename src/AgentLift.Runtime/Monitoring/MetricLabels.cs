using System.Globalization;
using System.Text;

namespace AgentLift.Runtime.Monitoring;

/// <summary>Tags of a measurement as the labels of a series.</summary>
internal static class MetricLabels
{
    public const string Overflow = "otel_metric_overflow=\"true\"";

    /// <summary>The labels as they stand between the braces: sorted by name, escaped, those without a value left out.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, object?>> fixedTags, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in fixedTags)
            Add(labels, tag);
        foreach (var tag in tags)
            Add(labels, tag);
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
            Append(text, name, value);
        return text.ToString();
    }

    /// <summary>Adds one label to those that are there.</summary>
    public static StringBuilder Append(StringBuilder labels, string name, string value)
    {
        if (labels.Length > 0)
            labels.Append(',');
        labels.Append(name).Append("=\"");
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '\\' => labels.Append(@"\\"),
                '"' => labels.Append("\\\""),
                '\n' => labels.Append("\\n"),
                _ => labels.Append(letter),
            };
        }

        return labels.Append('"');
    }

    // Two tags may have names that differ only where a label's may not; a label that is there twice would spoil the whole scrape.
    private static void Add(SortedDictionary<string, string> labels, KeyValuePair<string, object?> tag)
    {
        var value = TextOf(tag.Value);
        if (value.Length == 0)
            return;
        var name = PrometheusName.OfLabel(tag.Key);
        labels[name] = labels.TryGetValue(name, out var other) ? $"{other};{value}" : value;
    }

    private static string TextOf(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        bool truth => truth ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };
}
