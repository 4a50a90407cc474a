using AgentLift.Runtime.Models;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Diagnostics;

/// <summary>What the runtime says of models. Memory is in bytes, durations are in seconds.</summary>
internal static partial class ModelLog
{
    [LoggerMessage(80, LogLevel.Information, "Model {Model} of {Manager} loaded on {Device} ({Precision}) in {Seconds:0.000} s; it takes {Bytes} bytes")]
    public static partial void Loaded(ILogger logger, string manager, string model, ModelDevice device, ModelPrecision precision, double seconds, long bytes);

    [LoggerMessage(81, LogLevel.Error, "Model {Model} of {Manager} could not be loaded on {Device}; the next use tries again")]
    public static partial void LoadFailed(ILogger logger, Exception failure, string manager, string model, ModelDevice device);

    [LoggerMessage(82, LogLevel.Error, "Model {Model} of {Manager} was not loaded on {Device} within {Seconds:0.000} s (Models:Managers:{Manager}:{Model}:LoadTimeout); what the load still delivers serves the next who ask")]
    public static partial void LoadTimedOut(ILogger logger, string manager, string model, ModelDevice device, double seconds);

    [LoggerMessage(83, LogLevel.Critical, "The native library of model {Model} of {Manager} is missing or broken; no model of its kind can be loaded in this process")]
    public static partial void LibraryMissing(ILogger logger, Exception failure, string manager, string model);

    [LoggerMessage(84, LogLevel.Information, "Model {Model} of {Manager} left {Device} ({Reason}) after {IdleSeconds:0.000} s without use; {Bytes} bytes are free again")]
    public static partial void Evicted(ILogger logger, string manager, string model, ModelDevice device, ModelEvictionReason reason, double idleSeconds, long bytes);

    [LoggerMessage(85, LogLevel.Error, "Model {Model} of {Manager} could not be released; its {Bytes} bytes on {Device} count as taken until the process ends")]
    public static partial void ReleaseFailed(ILogger logger, Exception failure, string manager, string model, ModelDevice device, long bytes);

    [LoggerMessage(86, LogLevel.Warning, "{Device} has no memory for model {Model} of {Manager}; others make room for {Bytes} bytes")]
    public static partial void OutOfMemoryMakesRoom(ILogger logger, Exception failure, string manager, string model, ModelDevice device, long bytes);

    /// <param name="logger">The log.</param>
    /// <param name="failure">What the loader threw, or <see langword="null"/> where the budget, or what others hold, said no.</param>
    /// <param name="manager">The manager.</param>
    /// <param name="model">The model's name within it.</param>
    /// <param name="bytes">What it takes as it was to be loaded.</param>
    /// <param name="devices">The devices without room.</param>
    /// <param name="fallback">The single fallback that is tried.</param>
    [LoggerMessage(87, LogLevel.Warning, "Model {Model} of {Manager} has no room for its {Bytes} bytes on {Devices}; {Fallback} is tried")]
    public static partial void FellBack(ILogger logger, Exception? failure, string manager, string model, long bytes, string devices, ModelFallback fallback);

    [LoggerMessage(88, LogLevel.Warning, "{Device} is over its budget after model {Model} of {Manager} was measured: {LoadedBytes} of {BudgetBytes} bytes; idle models leave")]
    public static partial void OverBudget(ILogger logger, string manager, string model, ModelDevice device, long loadedBytes, long budgetBytes);

    [LoggerMessage(89, LogLevel.Warning, "Model {Model} of {Manager} takes {MeasuredBytes} bytes and not {EstimatedBytes} as estimated; set Models:Managers:{Manager}:{Model}:EstimatedBytes")]
    public static partial void EstimateFarOff(ILogger logger, string manager, string model, long measuredBytes, long estimatedBytes);

    [LoggerMessage(90, LogLevel.Information, "Model {Model} of {Manager} was loaded again on {Device}; the version before it leaves when its last lease ends")]
    public static partial void Reloaded(ILogger logger, string manager, string model, ModelDevice device);

    [LoggerMessage(91, LogLevel.Error, "Model {Model} of {Manager} could not be loaded again; the version in use stays")]
    public static partial void ReloadFailed(ILogger logger, Exception failure, string manager, string model);

    [LoggerMessage(92, LogLevel.Warning, "{Callers} callers got no room for model {Model} of {Manager} within {Seconds:0.000} s (Models:QueueTimeout)")]
    public static partial void QueueTimedOut(ILogger logger, string manager, string model, int callers, double seconds);

    [LoggerMessage(93, LogLevel.Warning, "{Device} has no memory for model {Model} of {Manager} although its budget has room; the load is tried again")]
    public static partial void OutOfMemoryTriesAgain(ILogger logger, Exception failure, string manager, string model, ModelDevice device);

    [LoggerMessage(94, LogLevel.Warning, "{Device} has no memory to run model {Model} of {Manager}; {Leaving} idle models make room for another try")]
    public static partial void RunOutOfMemory(ILogger logger, Exception failure, string manager, string model, ModelDevice device, int leaving);

    [LoggerMessage(95, LogLevel.Error, "Model {Model} of {Manager} was refused without a try to load it; the next use asks again")]
    public static partial void Refused(ILogger logger, Exception failure, string manager, string model);
}
