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
    public static readonly InstrumentAdvice<double> LoadSeconds = new() { HistogramBucketBoundaries = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300] };
    private static readonly InstrumentAdvice<long> LoadBytes = new() { HistogramBucketBoundaries = [.. Enumerable.Range(0, 9).Select(power => 1L << (20 + (2 * power)))] };

    private readonly Meter meter;
    private readonly KeyValuePair<string, object?> agent;
    private long failed;

    public AgentMetrics(string agent, IMeterFactory? meters)
    {
        this.agent = new("agent.name", agent);
        meter = meters?.Create(MeterName) ?? ProcessWide;
    }

    // Each instrument is made by its first figure: an agent that starts has none to tell, and each kind is code to compile. Two threads get the same one.
    private Histogram<double> OperationDuration => field ??= meter.CreateHistogram<double>("agent.operation.duration", "s", "Duration of operations.");

    private UpDownCounter<int> ActiveOperations => field ??= meter.CreateUpDownCounter<int>("agent.operation.active", "{operation}", "Operations under way.");

    private Counter<long> LoopFailures => field ??= meter.CreateCounter<long>("agent.loop.failures", "{failure}", "Exceptions that left a supervised loop.");

    private Counter<long> LoopRestarts => field ??= meter.CreateCounter<long>("agent.loop.restarts", "{restart}", "Restarts of supervised loops.");

    private Counter<long> PhaseFailures => field ??= meter.CreateCounter<long>("agent.failures", "{failure}", "Failed phases of an agent's life.");

    private Counter<long> HealthFailures => field ??= meter.CreateCounter<long>("agent.health.failures", "{failure}", "Health checks that threw.");

    private UpDownCounter<int> QueueLength => field ??= meter.CreateUpDownCounter<int>("agent.queue.length", "{item}", "Work items that wait or run.");

    private Counter<long> QueueFailures => field ??= meter.CreateCounter<long>("agent.queue.failures", "{failure}", "Work items whose handler threw.");

    private UpDownCounter<int> Connections => field ??= meter.CreateUpDownCounter<int>("agent.endpoint.connections", "{connection}", "Connections held.");

    private Counter<long> ConnectionFailures =>
        field ??= meter.CreateCounter<long>("agent.endpoint.failures", "{failure}", "Connections closed because of an exception or a broken protocol.");

    private Histogram<double> Calls => field ??= meter.CreateHistogram<double>("agent.client.duration", "s", "Duration of questions to other agents, with all attempts.");

    private Counter<long> CallRetries => field ??= meter.CreateCounter<long>("agent.client.retries", "{retry}", "Further attempts at questions to other agents.");

    private UpDownCounter<int> OpenCircuits =>
        field ??= meter.CreateUpDownCounter<int>("agent.client.circuits.open", "{circuit}", "Instances of other agents that are left alone after failures in a row.");

    private Histogram<double> DependencyLoad =>
        field ??= meter.CreateHistogram("agent.dependency.load.duration", "s", "Duration of loads of heavy dependencies.", null, LoadSeconds);

    private Histogram<long> DependencyMemory => field ??= meter.CreateHistogram(
        "agent.dependency.load.memory", "By", "Growth of the process's working set over a load of a heavy dependency.", null, LoadBytes);

    public void OperationBegan(string operation) => ActiveOperations.Add(1, agent, new("operation.name", operation));

    /// <summary>Whether anybody wants to know how long operations take. Each message of an endpoint is one: where nobody does, none looks at the clock.</summary>
    public bool TimesOperations => OperationDuration.Enabled;

    public void OperationEnded(string operation) => ActiveOperations.Add(-1, agent, new("operation.name", operation));

    public void OperationTook(string operation, TimeSpan duration, Exception? error)
    {
        var tags = new TagList { agent, { "operation.name", operation } };
        if (error is not null)
            tags.Add("error.type", error.GetType().FullName);
        OperationDuration.Record(duration.TotalSeconds, tags);
    }

    /// <summary>Exceptions and broken protocols since the start, of whatever part of the agent; for its health report.</summary>
    public long Failures => Interlocked.Read(ref failed);

    public void LoopFailed(string loop, Exception error) => Fail(LoopFailures, new("loop.name", loop), error);

    public void LoopRestarted(string loop) => LoopRestarts.Add(1, agent, new("loop.name", loop));

    public void Failed(string phase)
    {
        Interlocked.Increment(ref failed);
        PhaseFailures.Add(1, agent, new("agent.phase", phase));
    }

    public void HealthCheckFailed(Exception error) => Fail(HealthFailures, null, error);

    public void DependencyLoaded(string dependency, TimeSpan duration, long memory)
    {
        DependencyLoad.Record(duration.TotalSeconds, agent, new("dependency.name", dependency));
        DependencyMemory.Record(Math.Max(0, memory), agent, new("dependency.name", dependency));
    }

    public void DependencyFailed(string dependency, TimeSpan duration, Exception error)
    {
        Interlocked.Increment(ref failed);
        DependencyLoad.Record(duration.TotalSeconds, agent, new("dependency.name", dependency), new("error.type", error.GetType().FullName));
    }

    public void ConnectionsChanged(string endpoint, int by) => Connections.Add(by, agent, new("endpoint.name", endpoint));

    public void ConnectionFailed(string endpoint, Exception error) => Fail(ConnectionFailures, new("endpoint.name", endpoint), error);

    public void Called(string target, string operation, TimeSpan duration, Exception? error)
    {
        var tags = new TagList { agent, { "agent.target", target }, { "operation.name", operation } };
        if (error is not null)
            tags.Add("error.type", error is AgentCallException call ? call.Failure.ToString() : error.GetType().FullName);
        Calls.Record(duration.TotalSeconds, tags);
    }

    public void CallRetried(string target) => CallRetries.Add(1, agent, new("agent.target", target));

    public void CircuitChanged(string target, bool opened) => OpenCircuits.Add(opened ? 1 : -1, agent, new("agent.target", target));

    public void QueueChanged(string queue, int by) => QueueLength.Add(by, agent, new("queue.name", queue));

    public void WorkItemFailed(string queue, Exception error) => Fail(QueueFailures, new("queue.name", queue), error);

    private void Fail(Counter<long> counter, KeyValuePair<string, object?>? where, Exception error)
    {
        Interlocked.Increment(ref failed);
        var tags = new TagList { agent, { "error.type", error.GetType().FullName } };
        if (where is { } part)
            tags.Add(part);
        counter.Add(1, tags);
    }
}
