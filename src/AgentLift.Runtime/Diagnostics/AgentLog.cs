using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Diagnostics;

/// <summary>What the runtime says of agents.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(1, LogLevel.Information, "Agent {Agent} started in {Seconds:0.000} s")]
    public static partial void Started(ILogger logger, string agent, double seconds);

    [LoggerMessage(2, LogLevel.Information, "Agent {Agent} stopped")]
    public static partial void Stopped(ILogger logger, string agent);

    [LoggerMessage(3, LogLevel.Critical, "Agent {Agent} failed in {Phase}; the process stops")]
    public static partial void Failed(ILogger logger, Exception failure, string agent, string phase);

    [LoggerMessage(4, LogLevel.Error, "Agent {Agent} failed in {Phase}; it is isolated, the others go on")]
    public static partial void Isolated(ILogger logger, Exception failure, string agent, string phase);

    [LoggerMessage(5, LogLevel.Warning, "Agent {Agent} drained for {Seconds:0.000} s and gave up on {Operations} operations under way")]
    public static partial void DrainGaveUp(ILogger logger, string agent, double seconds, int operations);

    [LoggerMessage(6, LogLevel.Error, "Loop {Loop} of agent {Agent} failed; it starts again in {Seconds:0.000} s (restart {Restart})")]
    public static partial void LoopRestarts(ILogger logger, Exception? failure, string agent, string loop, double seconds, int restart);

    [LoggerMessage(7, LogLevel.Error, "Loop {Loop} of agent {Agent} failed and stays down; the agent is degraded")]
    public static partial void LoopDegrades(ILogger logger, Exception? failure, string agent, string loop);

    [LoggerMessage(8, LogLevel.Warning, "Loop {Loop} of agent {Agent} did not end within {Seconds:0.000} s of being asked to")]
    public static partial void LoopDoesNotEnd(ILogger logger, string agent, string loop, double seconds);

    [LoggerMessage(9, LogLevel.Error, "The health check of agent {Agent} failed")]
    public static partial void HealthCheckFailed(ILogger logger, Exception failure, string agent);

    [LoggerMessage(10, LogLevel.Error, "Work item of queue {Queue} of agent {Agent} failed; the queue goes on")]
    public static partial void WorkItemFailed(ILogger logger, Exception failure, string agent, string queue);

    [LoggerMessage(11, LogLevel.Information, "Dependency {Dependency} of agent {Agent} loaded in {Seconds:0.000} s")]
    public static partial void DependencyLoaded(ILogger logger, string agent, string dependency, double seconds);

    [LoggerMessage(12, LogLevel.Error, "Dependency {Dependency} of agent {Agent} could not be loaded; the next use tries again")]
    public static partial void DependencyFailed(ILogger logger, Exception failure, string agent, string dependency);

    [LoggerMessage(13, LogLevel.Error, "Dependency {Dependency} of agent {Agent} could not be released")]
    public static partial void ReleaseFailed(ILogger logger, Exception failure, string agent, string dependency);

    [LoggerMessage(14, LogLevel.Information, "Endpoint {Endpoint} of agent {Agent} listens on {Scheme}://{Address}")]
    public static partial void Listening(ILogger logger, string agent, string endpoint, string scheme, System.Net.IPEndPoint address);

    [LoggerMessage(15, LogLevel.Warning, "Endpoint {Endpoint} of agent {Agent} closed a connection: {Reason}")]
    public static partial void ConnectionRefused(ILogger logger, string agent, string endpoint, string reason);

    [LoggerMessage(16, LogLevel.Error, "A connection of endpoint {Endpoint} of agent {Agent} failed and was closed")]
    public static partial void ConnectionFailed(ILogger logger, Exception failure, string agent, string endpoint);

    [LoggerMessage(17, LogLevel.Error, "Loop {Loop} of agent {Agent} failed while it was being stopped")]
    public static partial void LoopFailedAtStop(ILogger logger, Exception failure, string agent, string loop);

    [LoggerMessage(18, LogLevel.Error, "{Loop} of agent {Agent} failed; it was to be done once")]
    public static partial void WorkFailed(ILogger logger, Exception? failure, string agent, string loop);

    [LoggerMessage(19, LogLevel.Warning, "{Key} is configured, but agent {Agent} has no such endpoint; it has {Endpoints}")]
    public static partial void UnknownEndpoint(ILogger logger, string key, string agent, string endpoints);

    [LoggerMessage(20, LogLevel.Error, "Agent {Agent} could not answer the question {Question}")]
    public static partial void MessageFailed(ILogger logger, Exception failure, string agent, string question);

    [LoggerMessage(21, LogLevel.Warning, "Agent {Agent} leaves {Target} at {Address} alone for {Seconds:0.000} s: it failed {Failures} times in a row")]
    public static partial void CircuitOpened(ILogger logger, string agent, string target, string address, int failures, double seconds);

    [LoggerMessage(22, LogLevel.Information, "Agent {Agent} asks {Target} at {Address} again: it answers")]
    public static partial void CircuitClosed(ILogger logger, string agent, string target, string address);

    [LoggerMessage(23, LogLevel.Warning, "Dependency {Dependency} of agent {Agent} could not be loaded; it is tried again in {Seconds:0.000} s (retry {Retry} of {Retries})")]
    public static partial void DependencyRetries(ILogger logger, Exception failure, string agent, string dependency, double seconds, int retry, int retries);
}
