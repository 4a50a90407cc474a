using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Diagnostics;

/// <summary>What the runtime says of directories of agents.</summary>
internal static partial class DirectoryLog
{
    [LoggerMessage(40, LogLevel.Warning, "Agent {Agent} is not listed in {File}; only this process finds it. List it there")]
    public static partial void NotListed(ILogger logger, string agent, string file);

    [LoggerMessage(41, LogLevel.Error, "The changed directory file is ignored, what it said before stays valid: {Problem}")]
    public static partial void FileIgnored(ILogger logger, string problem);

    [LoggerMessage(42, LogLevel.Information, "Directory file {File} was read again; it lists {Count} instances")]
    public static partial void FileRead(ILogger logger, string file, int count);

    [LoggerMessage(43, LogLevel.Warning, "The watch of agents in etcd broke; agents known are still found, and the watch goes on where a node answers: {Reason}")]
    public static partial void WatchBroke(ILogger logger, string reason);

    [LoggerMessage(44, LogLevel.Information, "Agents in etcd are watched at {Node} from revision {Revision}")]
    public static partial void Watching(ILogger logger, Uri node, long revision);

    [LoggerMessage(45, LogLevel.Information, "All agents are read again from etcd: {Reason}")]
    public static partial void ReadAgain(ILogger logger, string reason);

    [LoggerMessage(46, LogLevel.Warning, "Key {Key} in etcd holds no agent that can be read: {Reason}")]
    public static partial void Unreadable(ILogger logger, string key, string reason);

    [LoggerMessage(47, LogLevel.Warning, "The lease of agent {Agent}, instance {Instance}, was lost; it is entered anew")]
    public static partial void LeaseLost(ILogger logger, string agent, string instance);

    [LoggerMessage(48, LogLevel.Warning, "Agent {Agent}, instance {Instance}, could not be taken out of etcd; its lease runs out in at most {Seconds:0} s")]
    public static partial void NotRemoved(ILogger logger, Exception failure, string agent, string instance, double seconds);
}
