using System.Collections.Immutable;
using AgentLift.Core.Measures;

namespace AgentLift.Core.Tests;

/// <summary>Measures made up for a test.</summary>
internal static class Measured
{
    public static AgentMeasures Of(params (string Metric, decimal Value)[] values) =>
        new(values.ToImmutableDictionary(value => value.Metric, value => new Measure(value.Value, "test")));
}
