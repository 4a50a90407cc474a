using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Diagnostics;

/// <summary>What the runtime says of being watched.</summary>
internal static partial class MonitoringLog
{
    [LoggerMessage(60, LogLevel.Information, "Health and metrics are served on http://{Address}")]
    public static partial void Listening(ILogger logger, System.Net.IPEndPoint address);

    [LoggerMessage(61, LogLevel.Critical, "Health and metrics cannot be served on {Address}; the process stops. Free the port, or set Monitoring:Address")]
    public static partial void CannotListen(ILogger logger, Exception failure, string address);

    [LoggerMessage(62, LogLevel.Error, "The health checks tagged {Tag} could not be made")]
    public static partial void ProbeFailed(ILogger logger, Exception failure, string tag);

    [LoggerMessage(63, LogLevel.Warning, "A figure could not be observed; it is missing from this scrape")]
    public static partial void ObservationFailed(ILogger logger, Exception failure);

    [LoggerMessage(64, LogLevel.Warning, "Instrument {Instrument} of meter {Meter} is not shown: {Name} is already the name of figures of another type")]
    public static partial void NameTaken(ILogger logger, string instrument, string meter, string name);

    [LoggerMessage(65, LogLevel.Warning, "{Name} has more than {Series} series; further ones are counted together. Give its tags fewer values, or raise Monitoring:MaxSeries")]
    public static partial void SeriesOverflow(ILogger logger, string name, int series);

    [LoggerMessage(66, LogLevel.Warning, "systemd cannot be told of the process's state; this is said once")]
    public static partial void NotifyFailed(ILogger logger, Exception failure);

    [LoggerMessage(67, LogLevel.Error, "The process is not alive, so systemd's watchdog gets no answer: {Reason}")]
    public static partial void WatchdogHeld(ILogger logger, string reason);

    [LoggerMessage(68, LogLevel.Information, "Metrics are sent to {Endpoint} every {Seconds} s")]
    public static partial void Exporting(ILogger logger, string endpoint, double seconds);

    [LoggerMessage(69, LogLevel.Warning, "Metrics could not be sent to {Endpoint}; this is said again only after they could")]
    public static partial void ExportFailed(ILogger logger, string endpoint);

    [LoggerMessage(70, LogLevel.Information, "Metrics are sent to {Endpoint} again")]
    public static partial void ExportRecovered(ILogger logger, string endpoint);

    [LoggerMessage(71, LogLevel.Warning, "The last metrics could not be sent within {Seconds} s")]
    public static partial void FlushGaveUp(ILogger logger, double seconds);
}
