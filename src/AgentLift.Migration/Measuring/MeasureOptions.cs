using AgentLift.Migration.ParallelRun;

namespace AgentLift.Migration.Measuring;

/// <summary>How a measurement is made.</summary>
public sealed record MeasureOptions
{
    /// <summary>The fewest runs of each form from which spread can be told.</summary>
    public const int FewestRuns = 3;

    /// <summary>The most runs of each form.</summary>
    public const int MostRuns = 1000;

    /// <summary>How often each form is started and counted, 3 to 1000. Default: 10.</summary>
    public int Runs { get; init; } = 10;

    /// <summary>How often each form is started before that and not counted, so that both find their files in the memory of the operating system. From 0. Default: 1.</summary>
    public int WarmUps { get; init; } = 1;

    /// <summary>Limits of a single run, and how long an agent is left alone before its memory is looked at for the last time. Default: limits as for a parallel run, and one second.</summary>
    public ParallelRunOptions Run { get; init; } = new() { Settle = TimeSpan.FromSeconds(1) };
}
