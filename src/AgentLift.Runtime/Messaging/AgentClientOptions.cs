namespace AgentLift.Runtime;

/// <summary>Limits of the questions to one other agent; bound from <c>Agents:NAME:Clients:TARGET</c> and validated at start.</summary>
public sealed class AgentClientOptions
{
    /// <summary>How long one question may take with all its attempts; 1 ms to 1 h, 10 s by default.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one attempt may take; 1 ms to 1 h, 2 s by default.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long making a connection may take; 1 ms to 1 min, 1 s by default.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Attempts at one question; 1 to 10, 3 by default. Another instance is asked where there is one. What may have been answered already is asked again only if it is repeatable.
    /// </summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>The wait before the second attempt, doubled for each further one and spread at random; 0 to 1 min, 50 ms by default.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Failures in a row, however far apart, after which an instance is left alone for <see cref="BreakDuration"/>; 2 to 1,000, 3 by default.</summary>
    public int BreakAfter { get; set; } = 3;

    /// <summary>How long an instance is left alone before one question tries it again; 500 ms to 1 h, 5 s by default.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Questions under way at the same time; 1 to 100,000, 64 by default.</summary>
    public int MaxConcurrentCalls { get; set; } = 64;

    /// <summary>Questions that wait for their turn; 0 to 100,000, 256 by default. Further ones fail at once.</summary>
    public int MaxWaitingCalls { get; set; } = 256;

    /// <summary>Connections kept open for each instance; 0 to 10,000, 16 by default.</summary>
    public int MaxIdleConnections { get; set; } = 16;

    /// <summary>How long a connection is kept without a question; 1 s to 24 h, 1 minute by default. Keep it below the other side's idle time-out.</summary>
    public TimeSpan ConnectionIdleTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest answer, in bytes; 1 to 1 GiB, 1 MiB by default.</summary>
    public int MaxAnswerBytes { get; set; } = 1024 * 1024;

    /// <summary>The name that the other side's certificate must have, for TLS; <see langword="null"/> for none.</summary>
    public string? TlsHost { get; set; }

    /// <summary>A PEM file with the certificates that may sign the other side's; those that the system trusts where <see langword="null"/>.</summary>
    public string? TrustedCertificatesFile { get; set; }
}
