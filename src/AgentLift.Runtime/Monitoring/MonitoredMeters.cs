using System.Diagnostics.Metrics;
using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Monitoring;

/// <summary>Which meters are shown: those named by the options, as far as they are this host's or the whole process's.</summary>
internal sealed class MonitoredMeters(IOptions<MonitoringOptions> options, IMeterFactory factory)
{
    private static readonly string[] Default = [AgentMetrics.MeterName, "System.Runtime", AgentContext.MeterPrefix + "*"];

    public IReadOnlyList<string> Names { get; } = options.Value.Meters.Count == 0 ? Default : [.. options.Value.Meters.Distinct(StringComparer.Ordinal)];

    public bool Include(Meter meter) => IsHere(meter) && Names.Any(name => Matches(meter.Name, name));

    /// <summary>Whether the meter is this host's or the whole process's: another host in the process has figures of its own.</summary>
    public bool IsHere(Meter meter) => meter.Scope is null || ReferenceEquals(meter.Scope, factory);

    private static bool Matches(string meter, string name) =>
        name.EndsWith('*') ? meter.AsSpan().StartsWith(name.AsSpan(0, name.Length - 1), StringComparison.Ordinal) : meter == name;
}
