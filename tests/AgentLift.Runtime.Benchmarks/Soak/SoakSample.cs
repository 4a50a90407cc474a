namespace AgentLift.Runtime.Benchmarks.Soak;

/// <summary>How the process stood at one moment.</summary>
/// <param name="At">Since the load began.</param>
/// <param name="Heap">Bytes of managed objects after a collection.</param>
/// <param name="Process">What the system says of it.</param>
/// <param name="Connections">Connections that its endpoints hold.</param>
/// <param name="Requests">Requests answered since the start.</param>
/// <param name="IsRunning">Whether the agent under load is at work.</param>
internal sealed record SoakSample(TimeSpan At, long Heap, ProcessFigures Process, int Connections, long Requests, bool IsRunning);
