using AgentLift.Migration.Measuring;

namespace AgentLift.Migration.Tests.Measuring;

/// <summary>Measurements with given figures.</summary>
internal static class Measured
{
    /// <summary>Three runs of each form that took the same time and memory.</summary>
    public static AgentMeasurement Of(string agent, double beforeMilliseconds = 200, double afterMilliseconds = 100, long bytes = 50 * 1024 * 1024) => new(
        agent,
        new DateTimeOffset(2030, 1, 31, 12, 0, 0, TimeSpan.Zero),
        "agentlift 1.0.0",
        "a machine",
        "accepts connections on {port}",
        [.. Enumerable.Repeat(new RunFigures(beforeMilliseconds, null, bytes, bytes), 3)],
        [.. Enumerable.Repeat(new RunFigures(afterMilliseconds, null, bytes, bytes), 3)]);
}
