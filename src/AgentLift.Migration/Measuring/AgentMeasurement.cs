using System.Collections.Immutable;

namespace AgentLift.Migration.Measuring;

/// <summary>What was measured of an agent: every run, from which all figures of reports are worked out.</summary>
/// <param name="Agent">The agent's name.</param>
/// <param name="Taken">When the measurement ended, in UTC.</param>
/// <param name="Tool">Name and version of the tool.</param>
/// <param name="Machine">Operating system, architecture and number of processors: figures of different machines are not to be compared.</param>
/// <param name="ReadyWhen">What counted as ready, for people.</param>
/// <param name="Before">The counted runs of the form before, in the order in which they were made.</param>
/// <param name="After">The counted runs of the form after; the run at a position was made right after the one of the form before at that position.</param>
public sealed record AgentMeasurement(
    string Agent, DateTimeOffset Taken, string Tool, string Machine, string ReadyWhen, ImmutableArray<RunFigures> Before, ImmutableArray<RunFigures> After)
{
    /// <summary>How many answers of a pair of runs were compared; 0 where nothing was asked.</summary>
    public int Answers { get; init; }

    /// <summary>In how many pairs of runs the two forms did not behave the same on the wire.</summary>
    public int DifferingPairs { get; init; }

    /// <summary>A form had started other processes, whose memory is not in the figures.</summary>
    public bool HasChildren { get; init; }
}
