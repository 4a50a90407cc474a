namespace AgentLift.Runtime;

/// <summary>When a supervised loop starts again, how long it waits first, and what happens when it has used up its restarts.</summary>
public sealed record RestartPolicy
{
    /// <summary>Restart on failure: 5 restarts within a minute, 100 ms doubling to 30 s, then the agent fails.</summary>
    public static RestartPolicy Default { get; } = new();

    /// <summary>No restart: the first failure is the last.</summary>
    public static RestartPolicy Never { get; } = new() { Mode = RestartMode.Never };

    /// <summary>Work that is done once, such as serving one client: no restart, and a failure is logged and counted, but the agent is as well as before.</summary>
    public static RestartPolicy Once { get; } = new() { Mode = RestartMode.Never, WhenExhausted = RestartEscalation.Report };

    /// <summary>When to start again; <see cref="RestartMode.OnFailure"/> by default.</summary>
    public RestartMode Mode { get; init; } = RestartMode.OnFailure;

    /// <summary>Wait before the first restart; 0 or more, 100 ms by default. Each further failure in a row doubles it.</summary>
    public TimeSpan InitialDelay { get; init => field = NotNegative(value); } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait; 0 or more, 30 s by default.</summary>
    public TimeSpan MaxDelay { get; init => field = NotNegative(value); } = TimeSpan.FromSeconds(30);

    /// <summary>The part of a wait that is left to chance, so that agents that failed together do not come back together; 0 to 1, 0.2 by default.</summary>
    public double Jitter
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Jitter), value, "Jitter is a share from 0 to 1.");
    } = 0.2;

    /// <summary>Restarts allowed within <see cref="Window"/>; 0 or more, 5 by default.</summary>
    public int MaxRestarts
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxRestarts), value, "The number of restarts is not negative.");
    } = 5;

    /// <summary>The window of <see cref="MaxRestarts"/>; also how long a run must last for the wait to begin anew. 1 minute by default.</summary>
    public TimeSpan Window { get; init => field = NotNegative(value); } = TimeSpan.FromMinutes(1);

    /// <summary>What happens when the restarts are used up; <see cref="RestartEscalation.Stop"/> by default.</summary>
    public RestartEscalation WhenExhausted { get; init; } = RestartEscalation.Stop;

    /// <summary>The wait before a restart.</summary>
    /// <param name="failuresInARow">Failures since the last run that lasted, from 1.</param>
    /// <param name="chance">A number from 0 to 1.</param>
    internal TimeSpan DelayBefore(int failuresInARow, double chance)
    {
        const int MostDoublings = 30;
        var doubled = InitialDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failuresInARow - 1, MostDoublings));
        var capped = Math.Min(doubled, MaxDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(capped * (1 - (Jitter * chance)));
    }

    private static TimeSpan NotNegative(TimeSpan value) =>
        value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A time span of a restart policy is not negative.");
}

/// <summary>When a supervised loop starts again.</summary>
public enum RestartMode
{
    /// <summary>Never.</summary>
    Never = 0,

    /// <summary>After an exception.</summary>
    OnFailure = 1,

    /// <summary>After an exception, and after an end without one.</summary>
    Always = 2,
}

/// <summary>What happens when a loop has used up its restarts.</summary>
public enum RestartEscalation
{
    /// <summary>The agent fails; what that means for the process is <see cref="AgentOptions.OnFailure"/>.</summary>
    Stop = 0,

    /// <summary>The loop stays down and the agent is reported degraded.</summary>
    Degrade = 1,

    /// <summary>The failure is logged and counted; the loop is forgotten.</summary>
    Report = 2,
}
