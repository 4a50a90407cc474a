using AgentLift.Migration.ParallelRun;

namespace AgentLift.Migration.Measuring;

/// <summary>What one run of one form took.</summary>
/// <param name="ReadyMilliseconds">From the start of the process to ready.</param>
/// <param name="FirstAnswerMilliseconds">From the start of the process to the answer to the first request; <see langword="null"/> where nothing was asked or answered.</param>
/// <param name="PeakBytesAtReady">The most memory that the process had resident until it was ready.</param>
/// <param name="PeakBytes">The most memory that it had resident until it was asked to end.</param>
public sealed record RunFigures(double ReadyMilliseconds, double? FirstAnswerMilliseconds, long PeakBytesAtReady, long PeakBytes)
{
    private const int Decimals = 2;

    /// <summary>The figures of an observed run, times to the hundredth of a millisecond.</summary>
    public static RunFigures Of(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return new(
            Rounded(observation.StartToReady),
            observation.StartToFirstAnswer is { } answered ? Rounded(answered) : null,
            observation.PeakMemoryAtReady,
            observation.PeakMemory);
    }

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalMilliseconds, Decimals);
}
