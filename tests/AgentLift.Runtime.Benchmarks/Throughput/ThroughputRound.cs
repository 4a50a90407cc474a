namespace AgentLift.Runtime.Benchmarks.Throughput;

/// <summary>What one server did in one round.</summary>
/// <param name="RequestsPerSecond">Lines answered in a second.</param>
/// <param name="ProcessorSeconds">Seconds of processor time that the server takes for a million lines.</param>
internal sealed record ThroughputRound(double RequestsPerSecond, double ProcessorSeconds);
