using System.Collections.Immutable;

namespace AgentLift.Core.Measures;

/// <summary>The figures of one agent that a risk matrix reads, by metric name (see <see cref="Metric"/>), with a phrase for each.</summary>
public sealed record AgentMeasures(ImmutableDictionary<string, Measure> Values)
{
    /// <summary>The figure of a metric; 0 where nothing was measured.</summary>
    public Measure this[string metric] => Values.TryGetValue(metric, out var measure) ? measure : Measure.Zero;
}

/// <summary>One figure and where it comes from.</summary>
/// <param name="Value">The figure, in the unit of its metric.</param>
/// <param name="Reason">A short phrase for people, such as "2 threads and 1 listener share state".</param>
public sealed record Measure(decimal Value, string Reason)
{
    /// <summary>Nothing measured.</summary>
    public static Measure Zero { get; } = new(0, "none");
}
