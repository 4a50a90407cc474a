namespace AgentLift.Migration.ParallelRun;

/// <summary>How a parallel run is made.</summary>
public sealed record ParallelRunOptions
{
    /// <summary>How long a side may take until it is ready. Default: one minute.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one answer, and the end of a connection, may take. Default: five seconds, the limit of SPEC section 9.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a side is left alone before its memory is looked at for the last time, so that what it loads once it is ready counts. Default: not at all.</summary>
    public TimeSpan Settle { get; init; }

    /// <summary>How long a side may take to end. Default: 30 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
