using System.Buffers;
using System.Globalization;
using System.Text;

namespace AgentLift.Runtime.Monitoring;

/// <summary>Writes figures in the text format 0.0.4 of Prometheus.</summary>
internal sealed class PrometheusWriter(IBufferWriter<byte> output)
{
    private readonly StringBuilder labels = new();

    /// <summary>Writes which process the figures are of, by the name that the OpenTelemetry specification gives this.</summary>
    public void WriteTarget(ServiceIdentity identity)
    {
        Head("target_info", "The process that these figures are of.", InstrumentKind.Gauge);
        labels.Clear();
        MetricLabels.Append(labels, "service_instance_id", identity.InstanceId);
        MetricLabels.Append(labels, "service_name", identity.Name);
        Line("target_info", string.Empty, labels.ToString(), 1);
    }

    /// <summary>Writes a family with all its series; nothing where it has none.</summary>
    public void Write(MetricFamily family)
    {
        var all = family.Read();
        if (all.Length == 0)
            return;
        Head(family.Name, family.Help, family.Kind);
        foreach (var series in all)
        {
            var (value, counts) = series.Read();
            if (family.Kind == InstrumentKind.Histogram)
                Histogram(family, series.Labels, value, counts);
            else
                Line(family.Name, string.Empty, series.Labels, value);
        }
    }

    private void Histogram(MetricFamily family, string seriesLabels, double sum, long[] counts)
    {
        // Each bucket holds those below it too.
        var below = 0L;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            below += counts[bucket];
            labels.Clear().Append(seriesLabels);
            MetricLabels.Append(labels, "le", Text(bucket < family.Buckets.Length ? family.Buckets[bucket] : double.PositiveInfinity));
            Line(family.Name, "_bucket", labels.ToString(), below);
        }

        Line(family.Name, "_sum", seriesLabels, sum);
        Line(family.Name, "_count", seriesLabels, below);
    }

    private void Head(string name, string help, InstrumentKind kind)
    {
        Write($"# HELP {name} {help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)}\n");
        Write($"# TYPE {name} {TypeOf(kind)}\n");
    }

    private void Line(string name, string suffix, string seriesLabels, double value) =>
        Write(seriesLabels.Length == 0 ? $"{name}{suffix} {Text(value)}\n" : $"{name}{suffix}{{{seriesLabels}}} {Text(value)}\n");

    private void Write(string text) => Encoding.UTF8.GetBytes(text, output);

    private static string TypeOf(InstrumentKind kind) => kind switch
    {
        InstrumentKind.Counter => "counter",
        InstrumentKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Text(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };
}
