namespace AgentLift.Runtime.Messaging;

/// <summary>Names the configuration key of each value of a client that is out of range.</summary>
internal static class AgentClientOptionsCheck
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static IEnumerable<string> Failures(string key, AgentClientOptions options) => new[]
    {
        Check(nameof(options.Timeout), options.Timeout, Millisecond, Hour),
        Check(nameof(options.AttemptTimeout), options.AttemptTimeout, Millisecond, Hour),
        Check(nameof(options.ConnectTimeout), options.ConnectTimeout, Millisecond, TimeSpan.FromMinutes(1)),
        Check(nameof(options.MaxAttempts), options.MaxAttempts, 1, 10),
        Check(nameof(options.RetryDelay), options.RetryDelay, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        Check(nameof(options.BreakAfter), options.BreakAfter, 2, 1000),
        Check(nameof(options.BreakDuration), options.BreakDuration, TimeSpan.FromMilliseconds(500), Hour),
        Check(nameof(options.MaxConcurrentCalls), options.MaxConcurrentCalls, 1, 100_000),
        Check(nameof(options.MaxWaitingCalls), options.MaxWaitingCalls, 0, 100_000),
        Check(nameof(options.MaxIdleConnections), options.MaxIdleConnections, 0, 10_000),
        Check(nameof(options.ConnectionIdleTime), options.ConnectionIdleTime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)),
        Check(nameof(options.MaxAnswerBytes), options.MaxAnswerBytes, 1, 1024 * 1024 * 1024),
        options.TrustedCertificatesFile is { } file && options.TlsHost is null
            ? $"{key}:{nameof(options.TrustedCertificatesFile)} is {file}, but {key}:{nameof(options.TlsHost)} is not set; without it there is no TLS."
            : null,
    }.OfType<string>().Select(failure => failure.StartsWith(key, StringComparison.Ordinal) ? failure : $"{key}:{failure}");

    private static string? Check<T>(string property, T value, T least, T most)
        where T : IComparable<T> =>
        value.CompareTo(least) < 0 || value.CompareTo(most) > 0 ? $"{property} is {value}; it must be from {least} to {most}." : null;
}
