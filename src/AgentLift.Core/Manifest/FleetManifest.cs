using System.Collections.Immutable;

namespace AgentLift.Core.Manifest;

/// <summary>What a team says of its fleet: agents, machines, ports, criticality and dependencies.</summary>
public sealed class FleetManifest
{
    private readonly ImmutableDictionary<string, int> transitiveDependents;
    private readonly ImmutableDictionary<string, int> directDependents;

    internal FleetManifest(string path, ImmutableArray<ManifestAgent> agents)
    {
        Path = path;
        Agents = agents;
        directDependents = agents.ToImmutableDictionary(
            agent => agent.Name,
            agent => agents.Count(other => other.Name != agent.Name && other.DependsOn.Contains(agent.Name)));
        transitiveDependents = agents.ToImmutableDictionary(agent => agent.Name, agent => CountDependents(agent.Name, agents));
    }

    /// <summary>A manifest without agents.</summary>
    public static FleetManifest Empty { get; } = new(string.Empty, []);

    /// <summary>Path of the file; empty for <see cref="Empty"/>.</summary>
    public string Path { get; }

    /// <summary>All entries, in the order of the file.</summary>
    public ImmutableArray<ManifestAgent> Agents { get; }

    /// <summary>Number of other agents whose <c>dependsOn</c> names this one.</summary>
    public int DirectDependents(ManifestAgent agent) => directDependents[agent.Name];

    /// <summary>Number of other agents that cannot start without this one, directly or through others.</summary>
    public int TransitiveDependents(ManifestAgent agent) => transitiveDependents[agent.Name];

    /// <summary>Finds the entry of a class by its full or simple name, or by a source file that holds it.</summary>
    public ManifestAgent? Find(string fullName, string simpleName, Func<string, bool> isDeclaredIn)
    {
        foreach (var agent in Agents)
        {
            if (agent.Type is { } type ? type == fullName || type == simpleName : agent.File is { } file && isDeclaredIn(file))
                return agent;
        }

        return null;
    }

    private static int CountDependents(string name, ImmutableArray<ManifestAgent> agents)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { name };
        var open = new Queue<string>(seen);
        while (open.Count > 0)
        {
            var current = open.Dequeue();
            foreach (var agent in agents)
            {
                if (agent.DependsOn.Contains(current) && seen.Add(agent.Name))
                    open.Enqueue(agent.Name);
            }
        }

        return seen.Count - 1;
    }
}
