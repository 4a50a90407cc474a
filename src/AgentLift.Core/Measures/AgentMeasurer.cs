using System.Collections.Immutable;
using AgentLift.Core.Detectors;
using AgentLift.Core.Findings;
using AgentLift.Core.Manifest;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Measures;

/// <summary>Turns an agent and its evidence into the figures that a risk matrix reads.</summary>
internal static class AgentMeasurer
{
    public static AgentMeasures Measure(
        AgentSubject agent,
        ImmutableArray<Evidence> evidence,
        FleetManifest manifest,
        int holders,
        CancellationToken cancellationToken)
    {
        var kilobytes = SourceSize.Kilobytes(agent.Type, cancellationToken);
        var lines = SourceSize.CodeLines(agent.Type, cancellationToken);
        var stores = StoreUse.Of(agent.Facts);
        var values = ImmutableDictionary.CreateBuilder<string, Measure>();
        values[Metric.SourceKilobytes] = new Measure(kilobytes, $"{kilobytes:0.#} KB of source");
        values[Metric.CodeLines] = new Measure(lines, $"{lines} lines of code");
        values[Metric.GpuHandling] = Gpu(agent);
        values[Metric.ThreadingComplexity] = ThreadingComplexity.Of(agent, evidence);
        values[Metric.DatabaseKinds] = new Measure(
            stores.Length,
            stores.IsEmpty ? "no store" : (stores.Length == 1 ? "1 kind of store: " : $"{stores.Length} kinds of store: ") + string.Join(", ", stores.Select(store => store.Name)));
        values[Metric.RoleCriticality] = RoleCriticality.Of(agent, manifest, holders);
        values[Metric.MissingBaseAgent] = agent.BaseAgent is null
            ? new Measure(1, "does not derive from BaseAgent")
            : new Measure(0, "derives from " + agent.BaseAgent.Name);
        values[Metric.RawSockets] = Count(evidence, "raw socket", RuleIds.RawListener, RuleIds.RawClientWithoutTimeout, RuleIds.MessageQueueSocket);
        values[Metric.ManualThreads] = Count(evidence, "thread, timer or task by hand", RuleIds.ManualThread, RuleIds.UnsupervisedTask, RuleIds.ManualTimer);
        values[Metric.HealthChecks] = Count(evidence, "hand-rolled health check", RuleIds.HandRolledHealthCheck);
        values[Metric.ConfigurationReads] = Count(evidence, "place that reads settings", RuleIds.HandRolledConfiguration);
        return new AgentMeasures(values.ToImmutable());
    }

    private static Measure Count(ImmutableArray<Evidence> evidence, string what, params string[] rules)
    {
        var count = evidence.Count(item => rules.Contains(item.Rule.Id));
        return new Measure(count, count == 0 ? $"no {what}" : $"{count} x {what}");
    }

    private static Measure Gpu(AgentSubject agent)
    {
        var use = GpuUse.Of(agent.Facts);
        var models = agent.Loads.Count(load => load.Dependency is { Gpu: true, Model: true });
        var manages = use.Bookkeeping.Count + use.Management.Count > 0;
        if (manages && models > 1)
            return new Measure(4, $"manages GPU memory by hand over {models} models");
        if (manages || use.Transfers.Count > 0)
            return new Measure(3, manages ? "manages GPU memory by hand" : "moves models or tensors to a device");
        if (use.DevicePicks.Count > 0)
            return new Measure(2, "picks a device");
        return use.UsesLibrary ? new Measure(1, "uses a library that can use a GPU") : new Measure(0, "no GPU-capable library");
    }
}
