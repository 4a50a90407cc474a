using AgentLift.Runtime.Hosting;

namespace AgentLift.Runtime.Messaging;

/// <summary>Names the configuration key of each value of a client that is out of range.</summary>
internal static class AgentClientOptionsCheck
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static IEnumerable<string> Failures(string key, AgentClientOptions options) => new[]
    {
        OptionRange.Failure($"{key}:{nameof(options.Timeout)}", options.Timeout, Millisecond, Hour),
        OptionRange.Failure($"{key}:{nameof(options.AttemptTimeout)}", options.AttemptTimeout, Millisecond, Hour),
        OptionRange.Failure($"{key}:{nameof(options.ConnectTimeout)}", options.ConnectTimeout, Millisecond, TimeSpan.FromMinutes(1)),
        OptionRange.Failure($"{key}:{nameof(options.MaxAttempts)}", options.MaxAttempts, 1, 10),
        OptionRange.Failure($"{key}:{nameof(options.RetryDelay)}", options.RetryDelay, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        OptionRange.Failure($"{key}:{nameof(options.BreakAfter)}", options.BreakAfter, 2, 1000),
        OptionRange.Failure($"{key}:{nameof(options.BreakDuration)}", options.BreakDuration, TimeSpan.FromMilliseconds(500), Hour),
        OptionRange.Failure($"{key}:{nameof(options.MaxConcurrentCalls)}", options.MaxConcurrentCalls, 1, 100_000),
        OptionRange.Failure($"{key}:{nameof(options.MaxWaitingCalls)}", options.MaxWaitingCalls, 0, 100_000),
        OptionRange.Failure($"{key}:{nameof(options.MaxIdleConnections)}", options.MaxIdleConnections, 0, 10_000),
        OptionRange.Failure($"{key}:{nameof(options.ConnectionIdleTime)}", options.ConnectionIdleTime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)),
        OptionRange.Failure($"{key}:{nameof(options.MaxAnswerBytes)}", options.MaxAnswerBytes, 1, 1024 * 1024 * 1024),
        options.TrustedCertificatesFile is { } file && options.TlsHost is null
            ? $"{key}:{nameof(options.TrustedCertificatesFile)} is {file}, but {key}:{nameof(options.TlsHost)} is not set; without it there is no TLS."
            : null,
    }.OfType<string>();
}
