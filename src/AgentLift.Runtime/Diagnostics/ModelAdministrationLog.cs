using System.Net;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Diagnostics;

/// <summary>What the runtime says of the administration of models.</summary>
internal static partial class ModelAdministrationLog
{
    [LoggerMessage(100, LogLevel.Information, "Models are administered on http://{Address}")]
    public static partial void Listening(ILogger logger, IPEndPoint address);

    [LoggerMessage(101, LogLevel.Critical, "Models cannot be administered on {Address}; the process stops. Free the port, or set Models:Administration:Address")]
    public static partial void CannotListen(ILogger logger, Exception failure, string address);

    [LoggerMessage(102, LogLevel.Information, "{Action} of model {Model} of {Manager}, asked by {Remote}: {Status}")]
    public static partial void Answered(ILogger logger, string action, string manager, string model, IPAddress? remote, int status);

    [LoggerMessage(103, LogLevel.Error, "{Action} of model {Model} of {Manager} failed")]
    public static partial void Failed(ILogger logger, Exception failure, string action, string manager, string model);

    [LoggerMessage(104, LogLevel.Information, "A request of {Remote} to administer models was refused with {Status}")]
    public static partial void Refused(ILogger logger, IPAddress? remote, int status);
}
