using System.Collections.Immutable;
using AgentLift.Core.Catalogue;
using AgentLift.Core.Detectors;
using AgentLift.Core.Findings;
using AgentLift.Core.Manifest;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Measures;

/// <summary>Turns an agent and its evidence into the figures that a risk matrix reads; only those, since some cost.</summary>
internal static class AgentMeasurer
{
    public static AgentMeasures Measure(
        AgentSubject agent,
        ImmutableArray<Evidence> evidence,
        FleetManifest manifest,
        HolderIndex holders,
        IEnumerable<string> metrics,
        CancellationToken cancellationToken)
    {
        var values = ImmutableDictionary.CreateBuilder<string, Measure>();
        foreach (var metric in metrics)
            values[metric] = Measure(metric, agent, evidence, manifest, holders, cancellationToken);
        return new AgentMeasures(values.ToImmutable());
    }

    private static Measure Measure(
        string metric,
        AgentSubject agent,
        ImmutableArray<Evidence> evidence,
        FleetManifest manifest,
        HolderIndex holders,
        CancellationToken cancellationToken) => metric switch
        {
            Metric.SourceKilobytes => Kilobytes(SourceSize.Kilobytes(agent.Type, cancellationToken)),
            Metric.CodeLines => Lines(SourceSize.CodeLines(agent.Type, cancellationToken)),
            Metric.GpuHandling => Gpu(agent),
            Metric.ThreadingComplexity => ThreadingComplexity.Of(agent, evidence),
            Metric.DatabaseKinds => Stores(StoreUse.Of(agent.Facts)),
            Metric.RoleCriticality => RoleCriticality.Of(agent, manifest, holders.HoldersOf(agent.Type)),
            Metric.MissingBaseAgent => BaseAgent(agent),
            Metric.RawSockets => Count(evidence, "raw socket", RuleIds.RawListener, RuleIds.RawClientWithoutTimeout, RuleIds.MessageQueueSocket),
            Metric.ManualThreads => Count(evidence, "thread, timer or task by hand", RuleIds.ManualThread, RuleIds.UnsupervisedTask, RuleIds.ManualTimer),
            Metric.HealthChecks => Count(evidence, "hand-rolled health check", RuleIds.HandRolledHealthCheck),
            Metric.ConfigurationReads => Count(evidence, "place that reads settings", RuleIds.HandRolledConfiguration),
            _ => Measures.Measure.Zero,
        };

    private static Measure Kilobytes(decimal kilobytes) => new(kilobytes, $"{kilobytes:0.#} KB of source");

    private static Measure Lines(int lines) => new(lines, $"{lines} lines of code");

    private static Measure Stores(ImmutableArray<DataStore> stores) => new(
        stores.Length,
        stores.IsEmpty ? "no store" : (stores.Length == 1 ? "1 kind of store: " : $"{stores.Length} kinds of store: ") + string.Join(", ", stores.Select(store => store.Name)));

    private static Measure BaseAgent(AgentSubject agent) => agent.BaseAgent is null
        ? new Measure(1, "does not derive from BaseAgent")
        : new Measure(0, "derives from " + agent.BaseAgent.Name);

    private static Measure Count(ImmutableArray<Evidence> evidence, string what, params string[] rules)
    {
        var count = evidence.Count(item => rules.Contains(item.Rule.Id));
        return new Measure(count, count == 0 ? $"no {what}" : $"{count} x {what}");
    }

    private static Measure Gpu(AgentSubject agent)
    {
        var use = agent.Gpu;
        var models = agent.Loads.Count(load => load.Dependency is { Gpu: true, Model: true });
        var manages = use.Bookkeeping.Count + use.Management.Count + use.DriverImports.Count > 0;
        if (manages && models > 1)
            return new Measure(4, $"manages GPU memory by hand over {models} models");
        if (manages || use.Transfers.Count > 0)
            return new Measure(3, manages ? "manages GPU memory by hand" : "moves models or tensors to a device");
        if (use.DevicePicks.Count > 0)
            return new Measure(2, "picks a device");
        return use.UsesLibrary ? new Measure(1, "uses a library that can use a GPU") : new Measure(0, "no GPU-capable library");
    }
}
