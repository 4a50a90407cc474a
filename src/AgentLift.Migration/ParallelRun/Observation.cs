using System.Collections.Immutable;

namespace AgentLift.Migration.ParallelRun;

/// <summary>What one side did in a parallel run.</summary>
/// <param name="StartToReady">From the start of the process to ready.</param>
/// <param name="Exchanges">What was answered, exchange by exchange.</param>
/// <param name="PeakThreads">The most threads that the process had at the end of an exchange.</param>
/// <param name="PeakMemory">The most memory that the process had resident, in bytes.</param>
/// <param name="Exit">How it ended when asked to.</param>
public sealed record Observation(TimeSpan StartToReady, ImmutableArray<ObservedExchange> Exchanges, int PeakThreads, long PeakMemory, ObservedExit Exit)
{
    /// <summary>The most memory that the process had resident until it was ready, in bytes; 0 in a recording.</summary>
    public long PeakMemoryAtReady { get; init; }

    /// <summary>The process had started others, whose memory is not in these figures. Seen on Linux only.</summary>
    public bool HasChildren { get; init; }

    /// <summary>From the start of the process to the first answer, where it was asked as soon as it was ready; <see langword="null"/> where the first request got no answer.</summary>
    public TimeSpan? StartToFirstAnswer =>
        Exchanges is [{ Answers: [{ Request: 0, Bytes.IsDefault: false } first, ..] }, ..] ? StartToReady + first.Latency : null;

    /// <summary>The time that each answer took.</summary>
    public IEnumerable<TimeSpan> Latencies => Exchanges.SelectMany(exchange => exchange.Answers).Select(answer => answer.Latency);
}

/// <summary>The answers of an exchange.</summary>
/// <param name="Answers">One for each answer waited for.</param>
/// <param name="Rest">What came besides, until the connection ended.</param>
/// <param name="Closed">The agent ended the connection after the last request.</param>
public sealed record ObservedExchange(ImmutableArray<ObservedAnswer> Answers, ImmutableArray<byte> Rest, bool Closed);

/// <summary>One answer.</summary>
/// <param name="Request">Which request of the exchange it belongs to; of pipelined requests, its position.</param>
/// <param name="Bytes">The answer; <see langword="default"/> where none came in time.</param>
/// <param name="Latency">From the last byte sent to the last byte received.</param>
public sealed record ObservedAnswer(int Request, ImmutableArray<byte> Bytes, TimeSpan Latency);

/// <summary>How a process ended.</summary>
/// <param name="Code">Its exit code; <see langword="null"/> where it had to be killed.</param>
/// <param name="After">How long it took from the signal.</param>
public sealed record ObservedExit(int? Code, TimeSpan After);
