using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace AgentLift.Runtime.Discovery;

/// <summary>Known instances by agent. Readers see one consistent state, never wait and allocate nothing; writers replace that state.</summary>
internal sealed class InstanceTable
{
    private static readonly ImmutableDictionary<string, IReadOnlyList<AgentInstance>> Nothing =
        ImmutableDictionary.Create<string, IReadOnlyList<AgentInstance>>(StringComparer.Ordinal);

    private readonly Lock writing = new();
    private volatile ImmutableDictionary<string, IReadOnlyList<AgentInstance>> known = Nothing;

    /// <summary>How many instances are known, of all agents.</summary>
    public int Count => known.Values.Sum(instances => instances.Count);

    /// <summary>Finds an agent that has, or once had, instances.</summary>
    public bool TryFind(string agent, [NotNullWhen(true)] out IReadOnlyList<AgentInstance>? instances) => known.TryGetValue(agent, out instances);

    public void Put(AgentInstance instance)
    {
        lock (writing)
        {
            var others = known.GetValueOrDefault(instance.Agent, []).Where(other => other.Id != instance.Id);
            known = known.SetItem(instance.Agent, InOrder(others.Append(instance)));
        }
    }

    /// <summary>Takes an instance out. Its agent stays known, with no instance if that was the last.</summary>
    public void Remove(string agent, string id)
    {
        lock (writing)
        {
            if (known.TryGetValue(agent, out var instances))
                known = known.SetItem(agent, InOrder(instances.Where(other => other.Id != id)));
        }
    }

    /// <summary>Replaces what is known of one agent.</summary>
    public void Replace(string agent, IEnumerable<AgentInstance> instances)
    {
        lock (writing)
            known = known.SetItem(agent, InOrder(instances));
    }

    /// <summary>Replaces everything. Agents that were known and have no instance any more stay known.</summary>
    public void Replace(IEnumerable<AgentInstance> instances)
    {
        lock (writing)
        {
            var all = known.ToBuilder();
            foreach (var agent in known.Keys)
                all[agent] = [];
            foreach (var agent in instances.GroupBy(instance => instance.Agent, StringComparer.Ordinal))
                all[agent.Key] = InOrder(agent);
            known = all.ToImmutable();
        }
    }

    private static IReadOnlyList<AgentInstance> InOrder(IEnumerable<AgentInstance> instances) =>
        [.. instances.OrderBy(instance => instance.Id, StringComparer.Ordinal)];
}
