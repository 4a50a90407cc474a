using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AgentLift.Runtime.Diagnostics;

/// <summary>The figures of one agent, named by the conventions of OpenTelemetry.</summary>
internal sealed class AgentMetrics
{
    /// <summary>The meter of the runtime.</summary>
    public const string MeterName = "AgentLift.Runtime";

    private static readonly Meter ProcessWide = new(MeterName);

    // A load takes from milliseconds to the minutes of its time-out, and from megabytes to what a machine has.
    private static readonly InstrumentAdvice<double> LoadSeconds = new() { HistogramBucketBoundaries = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300] };
    private static readonly InstrumentAdvice<long> LoadBytes = new() { HistogramBucketBoundaries = [.. Enumerable.Range(0, 9).Select(power => 1L << (20 + (2 * power)))] };

    private readonly KeyValuePair<string, object?> agent;
    private readonly Histogram<double> operationDuration;
    private readonly UpDownCounter<int> activeOperations;
    private readonly Counter<long> loopFailures;
    private readonly Counter<long> loopRestarts;
    private readonly Counter<long> failures;
    private readonly UpDownCounter<int> queueLength;
    private readonly Counter<long> queueFailures;
    private readonly Histogram<double> dependencyLoad;
    private readonly UpDownCounter<int> connections;
    private readonly Counter<long> connectionFailures;
    private readonly Histogram<long> dependencyMemory;

    public AgentMetrics(string agent, IMeterFactory? meters)
    {
        this.agent = new("agent.name", agent);
        var meter = meters?.Create(MeterName) ?? ProcessWide;
        operationDuration = meter.CreateHistogram<double>("agent.operation.duration", "s", "Duration of operations.");
        activeOperations = meter.CreateUpDownCounter<int>("agent.operation.active", "{operation}", "Operations under way.");
        loopFailures = meter.CreateCounter<long>("agent.loop.failures", "{failure}", "Exceptions that left a supervised loop.");
        loopRestarts = meter.CreateCounter<long>("agent.loop.restarts", "{restart}", "Restarts of supervised loops.");
        failures = meter.CreateCounter<long>("agent.failures", "{failure}", "Failed phases of an agent's life.");
        queueLength = meter.CreateUpDownCounter<int>("agent.queue.length", "{item}", "Work items that wait or run.");
        queueFailures = meter.CreateCounter<long>("agent.queue.failures", "{failure}", "Work items whose handler threw.");
        connections = meter.CreateUpDownCounter<int>("agent.endpoint.connections", "{connection}", "Connections held.");
        connectionFailures = meter.CreateCounter<long>("agent.endpoint.failures", "{failure}", "Connections closed because of an exception or a broken protocol.");
        dependencyLoad = meter.CreateHistogram("agent.dependency.load.duration", "s", "Duration of loads of heavy dependencies.", null, LoadSeconds);
        dependencyMemory = meter.CreateHistogram(
            "agent.dependency.load.memory", "By", "Growth of the process's working set over a load of a heavy dependency.", null, LoadBytes);
    }

    public void OperationBegan(string operation) => activeOperations.Add(1, agent, new("operation.name", operation));

    public void OperationEnded(string operation, TimeSpan duration, Exception? error)
    {
        activeOperations.Add(-1, agent, new("operation.name", operation));
        var tags = new TagList { agent, { "operation.name", operation } };
        if (error is not null)
            tags.Add("error.type", error.GetType().FullName);
        operationDuration.Record(duration.TotalSeconds, tags);
    }

    public void LoopFailed(string loop, Exception error) => loopFailures.Add(1, agent, new("loop.name", loop), new("error.type", error.GetType().FullName));

    public void LoopRestarted(string loop) => loopRestarts.Add(1, agent, new("loop.name", loop));

    public void Failed(string phase) => failures.Add(1, agent, new("agent.phase", phase));

    public void DependencyLoaded(string dependency, TimeSpan duration, long memory)
    {
        dependencyLoad.Record(duration.TotalSeconds, agent, new("dependency.name", dependency));
        dependencyMemory.Record(Math.Max(0, memory), agent, new("dependency.name", dependency));
    }

    public void DependencyFailed(string dependency, TimeSpan duration, Exception error) =>
        dependencyLoad.Record(duration.TotalSeconds, agent, new("dependency.name", dependency), new("error.type", error.GetType().FullName));

    public void ConnectionsChanged(string endpoint, int by) => connections.Add(by, agent, new("endpoint.name", endpoint));

    public void ConnectionFailed(string endpoint, Exception error) =>
        connectionFailures.Add(1, agent, new("endpoint.name", endpoint), new("error.type", error.GetType().FullName));

    public void QueueChanged(string queue, int by) => queueLength.Add(by, agent, new("queue.name", queue));

    public void WorkItemFailed(string queue, Exception error) => queueFailures.Add(1, agent, new("queue.name", queue), new("error.type", error.GetType().FullName));
}
